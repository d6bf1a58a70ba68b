package dev.diptych.core.command;

import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What accompanies a command and is no part of its intent.
 *
 * @param expected the version that the aggregate must have; {@link ExpectedVersion.Any} when the sender states none
 * @param stamp the command id and fingerprint, when the sender may repeat the command
 * @param metadata entries that are stored with each event that the command raises
 */
public record CommandContext(ExpectedVersion expected, Optional<CommandStamp> stamp, Map<String, String> metadata) {

    /** A context without an expected version, a command id or metadata. */
    public static final CommandContext NONE = new CommandContext(ExpectedVersion.any(), Optional.empty(), Map.of());

    /** Copies the metadata into an unmodifiable map. */
    public CommandContext {
        metadata = Map.copyOf(metadata);
    }

    /** Returns a copy with an expected version. */
    public CommandContext expecting(ExpectedVersion version) {
        return new CommandContext(version, stamp, metadata);
    }

    /** Returns a copy with a command id and the fingerprint of what the sender sent. */
    public CommandContext withCommandId(String commandId, String fingerprint) {
        return new CommandContext(expected, Optional.of(new CommandStamp(commandId, fingerprint)), metadata);
    }

    /** Returns a copy with one more metadata entry; an existing entry with that name is kept. */
    public CommandContext withMetadata(String name, String value) {
        if (metadata.containsKey(name)) {
            return this;
        }
        Map<String, String> more = new HashMap<>(metadata);
        more.put(name, value);
        return new CommandContext(expected, stamp, more);
    }
}
