package dev.diptych.core.command;

import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reports each command to observers, with its outcome and duration. Also adds the command's name, the correlation id
 * and the causation id to the metadata of the events that the command raises. An id that the sender states is kept; a
 * missing one is generated. These entries do not affect decisions, and a command's fingerprint does not cover them.
 *
 * <p>Thread-safe.
 */
public final class ObservedCommandBus implements CommandBus {

    /** The metadata key of the command's name. */
    public static final String COMMAND = "command";

    /** The metadata key of the correlation id, which all messages of one business process share across programs. */
    public static final String CORRELATION_ID = "correlation_id";

    /** The metadata key of the causation id: the id of the command that raised the event, sent or generated. */
    public static final String CAUSATION_ID = "causation_id";

    /** The metadata key of the trace and the span in which the command ran (W3C Trace Context), if it has one. */
    public static final String TRACEPARENT = "traceparent";

    /** The metadata key of the part of the API to which the sender authenticated; missing if it did not. */
    public static final String SIDE = "side";

    /** The metadata key of the name of the token with which the sender authenticated, if the token has a name. */
    public static final String TOKEN_NAME = "token_name";

    private static final System.Logger LOG = System.getLogger("dev.diptych.commands");

    private final CommandBus delegate;
    private final Supplier<String> ids;
    private final List<Observer> observers;

    /** Is told of commands. Implementations are thread-safe, and return immediately. */
    @FunctionalInterface
    public interface Observer {
        /** A command has ended; called on the thread that dispatched it. */
        void ended(Ended command);
    }

    /**
     * A command that has ended.
     *
     * @param context the context, with the ids
     * @param result the result; empty when the command ended with an exception
     * @param outcome the result's name in logs and metrics, or {@code unavailable} or {@code failed}
     */
    public record Ended(
            Command command, CommandContext context, Optional<CommandResult> result, String outcome, Duration took) {}

    /** Wraps a bus; generated ids are random UUIDs. */
    public ObservedCommandBus(CommandBus delegate, Observer... observers) {
        this(delegate, () -> UUID.randomUUID().toString(), observers);
    }

    ObservedCommandBus(CommandBus delegate, Supplier<String> ids, Observer... observers) {
        this.delegate = delegate;
        this.ids = ids;
        this.observers = List.of(observers);
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        CommandContext traced = withIds(command, context);
        long began = System.nanoTime();
        Optional<CommandResult> result = Optional.empty();
        String outcome = "failed";
        try {
            CommandResult returned = delegate.dispatch(command, traced);
            result = Optional.of(returned);
            outcome = returned.outcome();
            return returned;
        } catch (StoreUnavailableException e) {
            outcome = "unavailable";
            throw e;
        } finally {
            var ended = new Ended(command, traced, result, outcome, Duration.ofNanos(System.nanoTime() - began));
            observers.forEach(observer -> observer.ended(ended));
        }
    }

    private CommandContext withIds(Command command, CommandContext context) {
        String commandId = context.stamp().map(CommandStamp::commandId).orElseGet(ids);
        return context.withMetadata(COMMAND, command.name())
                .withMetadata(CAUSATION_ID, commandId)
                .withMetadata(CORRELATION_ID, commandId);
    }

    /**
     * An observer that logs one line for each command to the logger {@code dev.diptych.commands}: the command's name,
     * its ids and its trace, the name of the sender's token, its outcome and its duration. Neither the command's
     * content nor messages, which may quote it, are logged.
     */
    public static void log(Ended ended) {
        if (LOG.isLoggable(Level.INFO)) {
            LOG.log(
                    Level.INFO,
                    "command=" + ended.command().name()
                            + logged(ended, " id=", CAUSATION_ID)
                            + logged(ended, " correlation=", CORRELATION_ID)
                            + logged(ended, " traceparent=", TRACEPARENT)
                            + logged(ended, " token_name=", TOKEN_NAME)
                            + " outcome=" + ended.outcome()
                            + ended.result().map(ObservedCommandBus::details).orElse("")
                            + " millis=" + Math.round(ended.took().toNanos() / 1_000.0) / 1_000.0);
        }
    }

    private static String logged(Ended ended, String label, String key) {
        String value = ended.context().metadata().get(key);
        return value == null ? "" : label + value;
    }

    private static String details(CommandResult result) {
        return switch (result) {
            case CommandResult.Accepted accepted ->
                " stream=" + accepted.receipt().stream() + " version="
                        + accepted.receipt().version();
            case CommandResult.Rejected rejected ->
                " rule=" + rejected.rejection().code();
            case CommandResult.NotFound missing -> " stream=" + missing.kind() + "-" + missing.id();
            case CommandResult.Conflict lost ->
                " stream=" + lost.conflict().stream() + " version="
                        + lost.conflict().actual();
            case CommandResult.CommandIdTaken taken -> "";
        };
    }
}
