package dev.diptych.core.aggregate;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one kind of aggregate was after each of its events, by the same fold that its commands are decided on. It is there
 * to be looked at; nothing may be decided on it. Immutable, and so safe for use by many threads.
 *
 * @param <A> the type of aggregate
 */
public final class History<A extends Aggregate<?, ?>> {

    private final Supplier<A> blank;
    private final EventCodec codec;

    /**
     * The histories of one kind of aggregate.
     *
     * @param blank makes an aggregate to which nothing has happened yet
     */
    public History(Supplier<A> blank, EventCodec codec) {
        this.blank = blank;
        this.codec = codec;
    }

    /**
     * The states of one aggregate, each an immutable record.
     *
     * @param events the beginning of its stream, or all of it
     * @return as many states as there are events
     */
    public List<Object> states(List<RecordedEvent> events) {
        A aggregate = blank.get();
        List<Object> states = new ArrayList<>(events.size());
        for (RecordedEvent event : events) {
            aggregate.replay(codec.decode(event));
            states.add(aggregate.state());
        }
        return states;
    }
}
