package dev.diptych.core.eventstore;

/**
 * What makes a command safe to send twice: an id that its sender chose, and a fingerprint of what it sent.
 *
 * @param commandId unique across all streams; 1 to 255 characters
 * @param fingerprint a digest of what the client sent, its target included, and never of ids or times that the server
 *     added; 1 to 255 characters
 */
public record CommandStamp(String commandId, String fingerprint) {

    /**
     * Checks both texts.
     *
     * @throws IllegalArgumentException when one is empty, too long, or holds what UTF-8 cannot carry
     */
    public CommandStamp {
        Text.requireStorable("A command id", commandId, 255);
        Text.requireStorable("A command's fingerprint", fingerprint, 255);
    }
}
