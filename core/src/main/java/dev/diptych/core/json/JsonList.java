package dev.diptych.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;

/**
 * Lists of one type as JSON text, written as they are written inside events: for a store that keeps a list in one
 * column. Immutable, and so safe for use by many threads.
 *
 * @param <T> the elements
 */
public final class JsonList<T> {

    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonList(ObjectReader reader, ObjectWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** The text of a list. */
    public String write(List<T> elements) {
        try {
            return writer.writeValueAsString(elements);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write this as JSON: " + elements, e);
        }
    }

    /**
     * The list in a text.
     *
     * @throws IllegalArgumentException when the text is no list of this type
     */
    public List<T> read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot read this JSON: " + e.getOriginalMessage(), e);
        }
    }
}
