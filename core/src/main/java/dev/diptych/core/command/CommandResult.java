package dev.diptych.core.command;

import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.AppendResult.StampedReceipt;

/** The outcome of a command. */
public sealed interface CommandResult {

    /**
     * The command's effect holds, from now or from before.
     *
     * @param receipt the last event of the aggregate's stream; for a repeated command id, the receipt of its first
     *     append
     */
    record Accepted(Receipt receipt) implements CommandResult {}

    /**
     * A business rule rejected the command; nothing has changed.
     *
     * @param rejection the rule and its reason
     */
    record Rejected(Rejection rejection) implements CommandResult {}

    /**
     * The aggregate does not exist; nothing has changed.
     *
     * @param kind the kind of the aggregate, such as {@code order}
     * @param id the aggregate's id
     */
    record NotFound(String kind, String id) implements CommandResult {}

    /**
     * The aggregate is not at the expected version; nothing has changed.
     *
     * @param conflict the expected and the actual version
     */
    record Conflict(AppendResult.Conflict conflict) implements CommandResult {}

    /**
     * The command id was used before for another command; nothing has changed.
     *
     * @param first the receipt of that command
     */
    record CommandIdTaken(StampedReceipt first) implements CommandResult {}

    /** Returns the outcome's name in logs and metrics. */
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
