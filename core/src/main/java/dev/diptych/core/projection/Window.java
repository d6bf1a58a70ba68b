package dev.diptych.core.projection;

import dev.diptych.core.projection.LogReader.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The events of the last reads, which follow each other in one history; bounded in size. Not thread-safe. */
final class Window {

    /** Limits the memory of the window, which keeps at least the last read. */
    private static final long MAX_CHARACTERS = 4_000_000;

    private static final int MAX_READS = 256;

    private final Deque<Read> reads = new ArrayDeque<>();

    boolean isEmpty() {
        return reads.isEmpty();
    }

    /** The position of the last event. */
    long end() {
        return reads.getLast().batch().through();
    }

    /** Whether the window has every event after a checkpoint, up to its end. */
    boolean covers(long checkpoint) {
        return !isEmpty() && reads.getFirst().batch().after() <= checkpoint && checkpoint <= end();
    }

    /** Whether a batch has later events, or events of another history. */
    boolean endsBefore(Batch batch) {
        return isEmpty() || isOfAnotherHistory(batch) || end() < batch.through();
    }

    /** Adds the events after the end; those of another history replace the window. */
    void add(Read read) {
        if (!isEmpty() && isOfAnotherHistory(read.batch())) {
            clear();
        }
        if (read.batch().events().isEmpty()) {
            return;
        }
        reads.addLast(read);
        long characters = reads.stream().mapToLong(Read::characters).sum();
        while (reads.size() > 1 && (characters > MAX_CHARACTERS || reads.size() > MAX_READS)) {
            characters -= reads.removeFirst().characters();
        }
    }

    private boolean isOfAnotherHistory(Batch batch) {
        return !reads.getLast().batch().history().equals(batch.history());
    }

    void clear() {
        reads.clear();
    }

    /** Returns the events after a checkpoint that the window covers. */
    Batch after(long checkpoint, int limit) {
        List<PublishedEvent<?>> events = new ArrayList<>();
        for (Read read : reads) {
            if (read.batch().through() > checkpoint) {
                read.batch().events().stream()
                        .filter(event -> event.position() > checkpoint)
                        .limit(limit - events.size())
                        .forEach(events::add);
            }
        }
        return new Batch(checkpoint, events, reads.getLast().batch().history());
    }
}
