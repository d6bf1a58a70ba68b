package dev.diptych.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Encodes events as JSON under explicitly registered names, so that stored events stay readable when a class is renamed
 * or moved. Decoding is strict: an unknown name or version, and an unknown or missing field, is an error.
 *
 * <p>Immutable and thread-safe.
 */
public final class JsonEventCodec implements EventCodec {

    private final ObjectMapper mapper;
    private final Map<Class<?>, SchemaId> byType;
    private final Map<SchemaId, Reader> bySchema;

    private JsonEventCodec(Builder builder) {
        this.mapper = EventJson.mapper(builder.scalars);
        this.byType = Map.copyOf(builder.byType);
        this.bySchema = builder.bySchema.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, schema -> schema.getValue().readBy(mapper)));
    }

    /** Returns a builder without events. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public NewEvent encode(Object event, Map<String, String> metadata) {
        SchemaId id = byType.get(event.getClass());
        if (id == null) {
            throw new IllegalArgumentException(
                    "No stored name is registered for " + event.getClass().getName());
        }
        try {
            return new NewEvent(
                    id.name(), id.version(), mapper.writeValueAsString(event), mapper.writeValueAsString(metadata));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Cannot write " + event.getClass().getName() + " as JSON", e);
        }
    }

    @Override
    public Object decode(RecordedEvent event) {
        Reader reader = bySchema.get(new SchemaId(event.type(), event.schemaVersion()));
        if (reader == null) {
            throw new UnreadableEventException(event, "this name and schema version are not registered", null);
        }
        try {
            return reader.read(event.payload());
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException(event, e.getOriginalMessage(), e);
        } catch (RuntimeException e) { // from an upcaster
            throw new UnreadableEventException(event, String.valueOf(e.getMessage()), e);
        }
    }

    /** Parses the metadata of an event, and returns the entries whose value is a text; none if it cannot be parsed. */
    public Map<String, String> metadata(String json) {
        Map<String, String> entries = new HashMap<>();
        try {
            mapper.readTree(json).properties().stream()
                    .filter(entry -> entry.getValue().isTextual())
                    .forEach(entry ->
                            entries.put(entry.getKey(), entry.getValue().textValue()));
        } catch (JsonProcessingException e) {
            return Map.of();
        }
        return Map.copyOf(entries);
    }

    /** Returns every registered name and schema version, in the form {@code name.v1}. */
    public Set<String> storedVersions() {
        return bySchema.keySet().stream()
                .map(id -> id.name() + ".v" + id.version())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns a codec for lists of a type that occurs in events, with the same JSON format.
     *
     * @param <T> the type of the elements
     */
    public <T> JsonText<List<T>> listOf(Class<T> element) {
        return text(mapper.getTypeFactory().constructCollectionType(List.class, element));
    }

    /**
     * Returns a codec for a record of types that occur in events, with the same JSON format.
     *
     * @param <T> the record
     */
    public <T> JsonText<T> textOf(Class<T> type) {
        return text(mapper.constructType(type));
    }

    private <T> JsonText<T> text(JavaType type) {
        return new JsonText<>(mapper.readerFor(type), mapper.writerFor(type));
    }

    private record SchemaId(String name, int version) {}

    /** The record of one schema version, and the conversion to the current event. */
    private record Schema(Class<?> type, Function<Object, Object> upcast) {
        Reader readBy(ObjectMapper mapper) {
            return new Reader(mapper.readerFor(type), upcast);
        }
    }

    private record Reader(ObjectReader json, Function<Object, Object> upcast) {
        Object read(String payload) throws JsonProcessingException {
            return upcast.apply(Objects.requireNonNull(json.readValue(payload), "the payload is null"));
        }
    }

    /** Collects registrations. Not thread-safe. */
    public static final class Builder {

        private final Map<Class<?>, SchemaId> byType = new HashMap<>();
        private final Map<SchemaId, Schema> bySchema = new HashMap<>();

        private final SimpleModule scalars = new SimpleModule();

        private Builder() {
            scalar(Instant.class, UtcTime::parse);
        }

        /**
         * Registers a domain type that is written as a JSON string with {@code toString()}.
         *
         * @param <T> the type
         * @param parse parses that string; throws IllegalArgumentException when it is malformed
         */
        public <T> Builder scalar(Class<T> type, Function<String, T> parse) {
            EventJson.scalar(scalars, type, parse);
            return this;
        }

        /**
         * Registers the current schema version of an event, which is written and read.
         *
         * @param version the schema version of the payload, from 1; increment it when the schema changes
         * @throws IllegalArgumentException when the name and version, or the type, is registered already
         */
        public Builder event(String name, int version, Class<?> type) {
            if (byType.putIfAbsent(type, new SchemaId(name, version)) != null) {
                throw new IllegalArgumentException(type.getName() + " is registered already");
            }
            return register(name, version, new Schema(type, event -> event));
        }

        /**
         * Registers an old schema version, which is read but no longer written.
         *
         * @param <T> the record with the old schema
         * @param upcast converts the record to the current event; a pure function
         * @throws IllegalArgumentException when the name and version is registered already
         */
        public <T> Builder retired(String name, int version, Class<T> type, Function<? super T, ?> upcast) {
            return register(name, version, new Schema(type, event -> upcast.apply(type.cast(event))));
        }

        private Builder register(String name, int version, Schema schema) {
            if (bySchema.putIfAbsent(new SchemaId(name, version), schema) != null) {
                throw new IllegalArgumentException(name + ", version " + version + ", is registered already");
            }
            return this;
        }

        /** Returns a codec for the events registered so far. */
        public JsonEventCodec build() {
            return new JsonEventCodec(this);
        }
    }
}
