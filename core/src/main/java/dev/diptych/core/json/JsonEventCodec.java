package dev.diptych.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
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
 * Events as JSON, under names that are registered one by one: a class may be renamed or moved, and what is stored stays
 * readable. Reading is strict: an unknown name or version, and an unknown or missing field, is an error and never
 * guessed at or skipped.
 *
 * <p>Immutable, and so safe for use by many threads.
 */
public final class JsonEventCodec implements EventCodec {

    private final ObjectMapper mapper;
    private final Map<Class<?>, Stored> byType;
    private final Map<Stored, Reader> byStored;

    private JsonEventCodec(Builder builder) {
        this.mapper = EventJson.mapper(builder.scalars);
        this.byType = Map.copyOf(builder.byType);
        this.byStored = builder.byStored.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, shape -> shape.getValue().readBy(mapper)));
    }

    /** Begins a codec that knows no event. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public NewEvent encode(Object event, Map<String, String> metadata) {
        Stored stored = byType.get(event.getClass());
        if (stored == null) {
            throw new IllegalArgumentException(
                    "No stored name is registered for " + event.getClass().getName());
        }
        try {
            return new NewEvent(
                    stored.name(),
                    stored.version(),
                    mapper.writeValueAsString(event),
                    mapper.writeValueAsString(metadata));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Cannot write " + event.getClass().getName() + " as JSON", e);
        }
    }

    @Override
    public Object decode(RecordedEvent event) {
        Reader reader = byStored.get(new Stored(event.type(), event.schemaVersion()));
        if (reader == null) {
            throw new UnreadableEventException(event, "no such name and schema version is registered", null);
        }
        try {
            return reader.read(event.payload());
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException(event, e.getOriginalMessage(), e);
        } catch (RuntimeException e) { // of an upcaster
            throw new UnreadableEventException(event, String.valueOf(e.getMessage()), e);
        }
    }

    /** Every stored name with each of its versions that can be read, written {@code name.v1}. */
    public Set<String> storedVersions() {
        return byStored.keySet().stream()
                .map(stored -> stored.name() + ".v" + stored.version())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Lists of a type that events hold, written and read as in events.
     *
     * @param <T> the elements
     */
    public <T> JsonList<T> listOf(Class<T> element) {
        var list = mapper.getTypeFactory().constructCollectionType(List.class, element);
        return new JsonList<>(mapper.readerFor(list), mapper.writerFor(list));
    }

    private record Stored(String name, int version) {}

    /** What one stored version looks like, and how it becomes today's event. */
    private record Shape(Class<?> type, Function<Object, Object> upcast) {
        Reader readBy(ObjectMapper mapper) {
            return new Reader(mapper.readerFor(type), upcast);
        }
    }

    private record Reader(ObjectReader json, Function<Object, Object> upcast) {
        Object read(String payload) throws JsonProcessingException {
            return upcast.apply(Objects.requireNonNull(json.readValue(payload), "the payload is null"));
        }
    }

    /** Collects the registered events. Used by one thread. */
    public static final class Builder {

        private final Map<Class<?>, Stored> byType = new HashMap<>();
        private final Map<Stored, Shape> byStored = new HashMap<>();

        private final SimpleModule scalars = new SimpleModule();

        private Builder() {
            scalar(Instant.class, UtcTime::parse);
        }

        /**
         * Registers a type of the domain that is one JSON string, written as its {@code toString()} says.
         *
         * @param <T> the type
         * @param parse reads that string; throws IllegalArgumentException when it is malformed
         */
        public <T> Builder scalar(Class<T> type, Function<String, T> parse) {
            EventJson.scalar(scalars, type, parse);
            return this;
        }

        /**
         * Registers an event as it is written and read today.
         *
         * @param version the version of the payload's shape, from 1; goes up when the shape changes
         * @throws IllegalArgumentException when the name and version, or the type, is registered already
         */
        public Builder event(String name, int version, Class<?> type) {
            if (byType.putIfAbsent(type, new Stored(name, version)) != null) {
                throw new IllegalArgumentException(type.getName() + " is registered already");
            }
            return shape(name, version, new Shape(type, event -> event));
        }

        /**
         * Registers a shape that is no longer written, but may be stored.
         *
         * @param <T> the record that has the old shape
         * @param upcast makes today's event out of it; a pure function
         * @throws IllegalArgumentException when the name and version is registered already
         */
        public <T> Builder retired(String name, int version, Class<T> shape, Function<? super T, ?> upcast) {
            return shape(name, version, new Shape(shape, event -> upcast.apply(shape.cast(event))));
        }

        private Builder shape(String name, int version, Shape shape) {
            if (byStored.putIfAbsent(new Stored(name, version), shape) != null) {
                throw new IllegalArgumentException(name + ", version " + version + ", is registered already");
            }
            return this;
        }

        /** The codec that knows the events registered so far. */
        public JsonEventCodec build() {
            return new JsonEventCodec(this);
        }
    }
}
