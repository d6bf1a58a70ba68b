package dev.diptych.core.bus;

import dev.diptych.core.eventstore.CommandStamp;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Has the events that a command raises remember where they come from: which command it was, its id, and what larger
 * undertaking it belongs to. What the sender has stated about that is kept; what it has not is made here. Nothing of this
 * decides anything: the fingerprint of a command that is sent again does not cover it.
 *
 * <p>Safe for use by many threads.
 */
public final class TracedCommandBus implements CommandBus {

    /** The command's name. */
    public static final String COMMAND = "command";

    /** The id that everything has in common that belongs to one undertaking, through however many programs it goes. */
    public static final String CORRELATION_ID = "correlation_id";

    /** The id of what directly caused the event: of the command, as its sender gave it or as it was made here. */
    public static final String CAUSATION_ID = "causation_id";

    private final CommandBus delegate;
    private final Supplier<String> ids;

    /** Wraps a bus; ids are random. */
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
                context.noting(COMMAND, command.name())
                        .noting(CAUSATION_ID, commandId)
                        .noting(CORRELATION_ID, commandId));
    }
}
