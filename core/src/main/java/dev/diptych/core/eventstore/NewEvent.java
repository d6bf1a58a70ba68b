package dev.diptych.core.eventstore;

/**
 * An event to append. JSON crosses the port as text, so that no store depends on a JSON library.
 *
 * @param type its stable stored name, such as {@code order-placed}; 1 to 255 characters, never a class name
 * @param schemaVersion the version of the payload's schema, at least 1
 * @param payload the event as JSON text, stored unchanged
 * @param metadata data about the event, such as its cause: the text of a JSON object
 */
public record NewEvent(String type, int schemaVersion, String payload, String metadata) {

    /** The maximum length of the payload and of the metadata, in code points. */
    public static final int MAX_JSON_LENGTH = 16 * 1024 * 1024;

    /**
     * Validates lengths, characters and the schema version. It does not parse the JSON; the codec guarantees its
     * syntax.
     *
     * @throws IllegalArgumentException when a text is empty or too long, or contains U+0000 or an unpaired surrogate,
     *     or when the schema version is less than 1
     */
    public NewEvent {
        Text.requireStorable("An event's type", type, 255);
        Text.requireStorable("An event's payload", payload, MAX_JSON_LENGTH);
        Text.requireStorable("An event's metadata", metadata, MAX_JSON_LENGTH);
        if (schemaVersion < 1) {
            throw new IllegalArgumentException("A schema version must be at least 1, but is " + schemaVersion);
        }
    }
}
