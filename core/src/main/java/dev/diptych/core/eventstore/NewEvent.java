package dev.diptych.core.eventstore;

/**
 * An event to append. JSON crosses the port as text, so that no store depends on a JSON library.
 *
 * @param type its stable stored name, such as {@code order-placed}; 1 to 255 characters, never a class name
 * @param schemaVersion which shape of that event the payload has, from 1
 * @param payload the event as JSON text, kept as it is, character by character
 * @param metadata what is known about the event (who caused it, and why) as a JSON object in text
 */
public record NewEvent(String type, int schemaVersion, String payload, String metadata) {

    /** The longest payload or metadata, in UTF-16 characters. */
    public static final int MAX_JSON_LENGTH = 16 * 1024 * 1024;

    /**
     * Checks what any store relies on; whether the JSON is JSON is the codec's business.
     *
     * @throws IllegalArgumentException when a text is empty, too long, or holds what UTF-8 cannot carry
     */
    public NewEvent {
        Text.requireStorable("An event's type", type, 255);
        Text.requireStorable("An event's payload", payload, MAX_JSON_LENGTH);
        Text.requireStorable("An event's metadata", metadata, MAX_JSON_LENGTH);
        if (schemaVersion < 1) {
            throw new IllegalArgumentException("A schema version is at least 1, but was " + schemaVersion);
        }
    }
}
