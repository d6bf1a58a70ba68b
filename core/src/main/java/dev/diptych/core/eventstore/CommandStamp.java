package dev.diptych.core.eventstore;

/**
 * An idempotency key: the id that the sender chose for a command, with a fingerprint of what it sent.
 *
 * @param commandId unique across all streams; 1 to 255 characters
 * @param fingerprint a digest of what the client sent, including its target, without ids or times that the server
 *     added; 1 to 255 characters
 */
public record CommandStamp(String commandId, String fingerprint) {

    /**
     * Validates both strings.
     *
     * @throws IllegalArgumentException when one is empty or too long, or contains U+0000 or an unpaired surrogate
     */
    public CommandStamp {
        Text.requireStorable("A command id", commandId, 255);
        Text.requireStorable("A command's fingerprint", fingerprint, 255);
    }
}
