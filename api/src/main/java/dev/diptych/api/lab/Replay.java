package dev.diptych.api.lab;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The states of an aggregate after each of its events, by the fold that its commands are decided on; for people to look at.
 * Immutable, and so safe for use by many threads.
 *
 * @param blank makes an aggregate without events from its id, by the category of its streams
 */
public record Replay(Map<String, Function<String, Aggregate<?, ?>>> blank, EventCodec codec) {

    /** Keeps a copy that cannot be changed. */
    public Replay {
        blank = Map.copyOf(blank);
    }

    /**
     * The states of one aggregate, each an immutable record.
     *
     * @param events the beginning of its stream, or all of it
     * @return the state after each event, up to the first that cannot be read; none when no aggregate has such streams
     */
    public List<Object> states(StreamName stream, List<RecordedEvent> events) {
        Optional<Aggregate<?, ?>> aggregate =
                Optional.ofNullable(blank.get(stream.category())).map(make -> make.apply(stream.id()));
        List<Object> states = new ArrayList<>(events.size());
        try {
            for (RecordedEvent event : aggregate.isPresent() ? events : List.<RecordedEvent>of()) {
                states.add(aggregate.get().replay(codec.decode(event)));
            }
        } catch (UnreadableEventException e) {
            return states; // the state after an unreadable event is unknown
        }
        return states;
    }
}
