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
 * The states of an aggregate after each of its events, by the fold that its commands are decided on; for people to look at.
 * Immutable, and so safe for use by many threads.
 *
 * @param factories create an aggregate without events from its id, by the category of its streams
 */
public record Replay(Map<String, Function<String, Aggregate<?, ?>>> factories, EventCodec codec) {

    /** Keeps a copy that cannot be changed. */
    public Replay {
        factories = Map.copyOf(factories);
    }

    /**
     * The states of one aggregate, each an immutable record.
     *
     * @param events the beginning of its stream, or all of it
     * @return the state after each event, up to the first that cannot be read; none when no aggregate has such streams
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
