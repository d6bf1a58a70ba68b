package dev.diptych.core.bus;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.Receipt;
import dev.diptych.core.eventstore.StampedReceipt;

/** How a command ended: the few things that a sender has to tell apart. */
public sealed interface CommandResult {

    /**
     * The command's effect holds, whether it came about now or before.
     *
     * @param receipt where the aggregate's stream stands; of the first time, when the command id was known
     */
    record Accepted(Receipt receipt) implements CommandResult {}

    /**
     * A business rule refused it; nothing has changed.
     *
     * @param rejection which rule, and why
     */
    record Rejected(Rejection rejection) implements CommandResult {}

    /**
     * There is no such aggregate; nothing has changed.
     *
     * @param kind what was looked for, such as {@code order}
     * @param id the id under which it was looked for
     */
    record NotFound(String kind, String id) implements CommandResult {}

    /**
     * The aggregate is not at the version that was expected; nothing has changed.
     *
     * @param conflict the expected and the actual version
     */
    record Conflict(AppendResult.Conflict conflict) implements CommandResult {}

    /**
     * The command id is already in use for another command; nothing has changed.
     *
     * @param first what it was used for
     */
    record CommandIdTaken(StampedReceipt first) implements CommandResult {}

    /** How it ended, in a word for logs and metrics. */
    default String outcome() {
        return switch (this) {
            case Accepted accepted -> "accepted";
            case Rejected rejected -> "rejected";
            case NotFound missing -> "not-found";
            case Conflict conflict -> "conflict";
            case CommandIdTaken taken -> "command-id-taken";
        };
    }
}
