package dev.diptych.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;

/**
 * A JSON codec for lists of one type, in the format of events: for a store that keeps a list in one column. Immutable
 * and thread-safe.
 *
 * @param <T> the type of the elements
 */
public final class JsonList<T> {

    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonList(ObjectReader reader, ObjectWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Writes a list as JSON text. */
    public String write(List<T> elements) {
        try {
            return writer.writeValueAsString(elements);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write this as JSON: " + elements, e);
        }
    }

    /**
     * Parses a list.
     *
     * @throws IllegalArgumentException when the text is not a list of this type
     */
    public List<T> read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot read this JSON: " + e.getOriginalMessage(), e);
        }
    }
}
