package dev.diptych.core.command;

import dev.diptych.core.eventstore.CommandStamp;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Adds the command's name, the correlation id and the causation id to the metadata of the events that a command raises.
 * An id that the sender states is kept; a missing one is generated. These entries do not affect decisions, and a
 * command's fingerprint does not cover them.
 *
 * <p>Thread-safe.
 */
public final class TracedCommandBus implements CommandBus {

    /** The metadata key of the command's name. */
    public static final String COMMAND = "command";

    /** The metadata key of the correlation id, which all messages of one business process share across programs. */
    public static final String CORRELATION_ID = "correlation_id";

    /** The metadata key of the causation id: the id of the command that raised the event, sent or generated. */
    public static final String CAUSATION_ID = "causation_id";

    private final CommandBus delegate;
    private final Supplier<String> ids;

    /** Wraps a bus; generated ids are random UUIDs. */
    public TracedCommandBus(CommandBus delegate) {
        this(delegate, () -> UUID.randomUUID().toString());
    }

    TracedCommandBus(CommandBus delegate, Supplier<String> ids) {
        this.delegate = delegate;
        this.ids = ids;
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        String commandId = context.stamp().map(CommandStamp::commandId).orElseGet(ids);
        return delegate.dispatch(
                command,
                context.withMetadata(COMMAND, command.name())
                        .withMetadata(CAUSATION_ID, commandId)
                        .withMetadata(CORRELATION_ID, commandId));
    }
}
