package dev.diptych.core.aggregate;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one kind of aggregate was after each of its events, by the same fold that its commands are decided on. It is
 * there to be looked at; nothing may be decided on it. Immutable, and so safe for use by many threads.
 *
 * @param <A> the type of aggregate
 */
public final class Replay<A extends Aggregate<?, ?>> {

    private final Supplier<A> blank;
    private final EventCodec codec;

    /**
     * The replays of one kind of aggregate.
     *
     * @param blank makes an aggregate to which nothing has happened yet
     */
    public Replay(Supplier<A> blank, EventCodec codec) {
        this.blank = blank;
        this.codec = codec;
    }

    /**
     * The states of one aggregate, each an immutable record.
     *
     * @param events the beginning of its stream, or all of it
     * @return the state after each event, up to the first that cannot be read
     */
    public List<Object> states(List<RecordedEvent> events) {
        A aggregate = blank.get();
        List<Object> states = new ArrayList<>(events.size());
        try {
            for (RecordedEvent event : events) {
                aggregate.replay(codec.decode(event));
                states.add(aggregate.state());
            }
        } catch (UnreadableEventException e) {
            return states; // nobody knows what came of it
        }
        return states;
    }
}
