package dev.diptych.core.bus;

import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What travels with a command without being part of its intent.
 *
 * @param expected the version of the aggregate that the sender has seen and insists on; {@link ExpectedVersion.Any}
 *     when it states none
 * @param stamp the command id, when the sender wants to be able to send it again
 * @param metadata what the events that the command raises are to remember about it
 */
public record CommandContext(ExpectedVersion expected, Optional<CommandStamp> stamp, Map<String, String> metadata) {

    /** A context that states nothing. */
    public static final CommandContext NONE = new CommandContext(ExpectedVersion.any(), Optional.empty(), Map.of());

    /** Keeps a copy of the metadata that cannot be changed. */
    public CommandContext {
        metadata = Map.copyOf(metadata);
    }

    /** The same, insisting on a version. */
    public CommandContext expecting(ExpectedVersion version) {
        return new CommandContext(version, stamp, metadata);
    }

    /** The same, with a command id. */
    public CommandContext stamped(String commandId, String fingerprint) {
        return new CommandContext(expected, Optional.of(new CommandStamp(commandId, fingerprint)), metadata);
    }

    /** The same, with one more thing that the events are to remember; what is known under that name already is kept. */
    public CommandContext noting(String name, String value) {
        if (metadata.containsKey(name)) {
            return this;
        }
        Map<String, String> more = new HashMap<>(metadata);
        more.put(name, value);
        return new CommandContext(expected, stamp, more);
    }
}
