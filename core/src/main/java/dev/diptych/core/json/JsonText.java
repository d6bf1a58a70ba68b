package dev.diptych.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;

/**
 * A JSON codec for values of one type, in the format of events: for a store that keeps a value in one column. Immutable
 * and thread-safe.
 *
 * @param <T> the type of the values
 */
public final class JsonText<T> {

    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonText(ObjectReader reader, ObjectWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Writes a value as JSON text. */
    public String write(T value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write this as JSON: " + value, e);
        }
    }

    /**
     * Parses a value.
     *
     * @throws IllegalArgumentException when the text is not a value of this type
     */
    public T read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot read this JSON: " + e.getOriginalMessage(), e);
        }
    }
}
