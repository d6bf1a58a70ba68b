package dev.diptych.api.http;

import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.eventstore.StoreUnavailableException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All streams of events that a server has open: no more than it allows, each of them writing or waiting on the thread of its
 * request, and none of them waiting for its client for long. One thread, {@code event-streams}, looks for that, from
 * {@link #start} to {@link #close}. Safe for use by many threads.
 */
public final class EventStreams implements AutoCloseable {

    private static final Duration PARTING = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(EventStreams.class.getName());

    private final Limits limits;
    private final Semaphore free;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final BackgroundThread thread = new BackgroundThread("event-streams", woken -> dropStalled());
    private volatile boolean closed;

    /**
     * What is allowed.
     *
     * @param most how many streams may be open at once
     * @param heartbeat how long a stream is silent at most
     * @param stall how long a client may take for one part of what it is sent
     * @param retry how long a client is asked to wait before it opens its stream again
     */
    public record Limits(int most, Duration heartbeat, Duration stall, Duration retry) {

        /** 5,000 streams, with a heartbeat every 15 seconds; 10 seconds to take a part, 2 before the next try. */
        public static final Limits DEFAULT =
                new Limits(5_000, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    /** No stream yet. */
    public EventStreams(Limits limits) {
        this.limits = limits;
        this.free = new Semaphore(limits.most());
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalThreadStateException when it has been started before
     */
    public void start() {
        thread.start();
    }

    /** How many are open at this moment. */
    public int open() {
        return limits.most() - free.availablePermits();
    }

    /**
     * Answers with a stream, until whoever feeds it leaves it or the client is gone. A HEAD is answered as if, and nobody
     * feeds it.
     *
     * @throws ProblemException 503 when no more streams can be opened
     */
    public void serve(Context ctx, Consumer<EventStream> feeder) {
        if (closed || !free.tryAcquire()) {
            ctx.header("Retry-After", String.valueOf(Math.max(1, limits.retry().toSeconds())));
            throw Problem.of(
                            ProblemType.NO_MORE_STREAMS,
                            closed
                                    ? "The server is about to stop."
                                    : "There may be " + limits.most() + " streams at once, and there are.")
                    .asException();
        }
        try {
            var stream = new EventStream(ctx, limits.heartbeat(), limits.retry());
            if (ctx.method().equals(HandlerType.HEAD)) {
                ctx.res().flushBuffer(); // or it would say how long the stream is
            } else {
                feed(stream, feeder);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A client is gone", e);
        } finally {
            free.release();
        }
    }

    private void feed(EventStream stream, Consumer<EventStream> feeder) {
        open.add(stream);
        try {
            if (closed) { // asked after adding: whoever closes ends those that were added before
                stream.end();
            }
            feeder.accept(stream);
            stream.sayGoodbye("the server stops");
        } catch (StoreUnavailableException e) {
            stream.sayGoodbye("the store cannot be reached");
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A stream is broken off", e);
            drop(stream); // the head is sent already, so this is what can still be said
        } finally {
            open.remove(stream);
        }
    }

    private Duration dropStalled() {
        open.stream().filter(stream -> stream.isStalled(limits.stall())).forEach(EventStreams::drop);
        return limits.stall().dividedBy(4);
    }

    /** Whoever drops goes on, whatever is left of the connection. */
    private static void drop(EventStream stream) {
        try {
            stream.drop();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "A client is gone already", e);
        }
    }

    /** Lets no more be opened, and has the open ones end, which takes up to 2 seconds; who is still writing then is dropped. */
    @Override
    public void close() {
        closed = true;
        open.forEach(EventStream::end);
        try {
            long deadline = System.nanoTime() + PARTING.toNanos();
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(EventStreams::drop);
        thread.close();
    }
}
