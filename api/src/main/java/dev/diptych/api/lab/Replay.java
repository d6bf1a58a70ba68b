package dev.diptych.api.lab;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Computes the states of an aggregate after each of its events, by the same fold as for commands. Immutable and
 * thread-safe.
 *
 * @param factories the factory of each type of aggregate, by the category of its streams; creates an aggregate without
 *     events from its id
 * @param codec decodes the events
 */
public record Replay(Map<String, Function<String, Aggregate<?, ?>>> factories, EventCodec codec) {

    /** Copies the map. */
    public Replay {
        factories = Map.copyOf(factories);
    }

    /**
     * Returns the states of one aggregate, each an immutable record.
     *
     * @param stream the stream of the aggregate
     * @param events the events of the stream, from the first one
     * @return the state after each event, up to the first event that cannot be decoded; empty when the stream does not
     *     belong to an aggregate
     */
    public List<Object> states(StreamName stream, List<RecordedEvent> events) {
        Function<String, Aggregate<?, ?>> factory = factories.get(stream.category());
        if (factory == null) {
            return List.of();
        }
        Aggregate<?, ?> aggregate = factory.apply(stream.id());
        List<Object> states = new ArrayList<>(events.size());
        try {
            for (RecordedEvent event : events) {
                states.add(aggregate.replay(codec.decode(event)));
            }
        } catch (UnreadableEventException e) {
            return states; // the state after an unreadable event is unknown
        }
        return states;
    }
}
