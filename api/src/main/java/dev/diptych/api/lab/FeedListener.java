package dev.diptych.api.lab;

import dev.diptych.api.http.server.EventStream;
import dev.diptych.core.eventstore.Place;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client of the feed: a bounded queue, which the thread of its request writes to the client. When the queue is full,
 * the stream ends. Thread-safe, except for {@link #run}.
 */
final class FeedListener {

    private static final int MAX_PENDING = 1_000;

    private final EventStream out;
    private final Optional<Place> last;
    private final BlockingQueue<byte[]> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private volatile boolean welcomed;

    /**
     * Creates a listener.
     *
     * @param last the last event that the client has received, if it reconnects
     */
    FeedListener(EventStream out, Optional<Place> last) {
        this.out = out;
        this.last = last;
    }

    Optional<Place> last() {
        return last;
    }

    /** Whether it has been sent the present state, so that changes can follow. */
    boolean isWelcomed() {
        return welcomed;
    }

    void welcome() {
        welcomed = true;
    }

    void offer(byte[] event) {
        if (!pending.offer(event)) {
            out.end("the client is too slow");
        }
    }

    void end(String reason) {
        out.end(reason);
    }

    /** Writes events until the stream ends. */
    void run() throws InterruptedException {
        out.onEnd(() -> pending.offer(new byte[0])); // ends the wait below, unless the queue is full
        while (!out.isEnding()) {
            byte[] event = pending.poll(out.untilHeartbeat().toNanos(), TimeUnit.NANOSECONDS);
            if (event != null) {
                out.send(event);
            }
            if (pending.isEmpty()) {
                out.flush();
            }
            out.beat();
        }
    }
}
