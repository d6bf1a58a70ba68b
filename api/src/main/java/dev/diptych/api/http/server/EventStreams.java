package dev.diptych.api.http.server;

import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
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
 * The open event streams of a server. Limits their number, and disconnects clients that do not accept a part in time.
 * Each stream runs on the thread of its request; the thread {@code event-streams} disconnects stalled clients, from
 * {@link #start} to {@link #close}. Thread-safe.
 */
public final class EventStreams implements AutoCloseable {

    /** The reason when the store of a stream cannot be reached. */
    public static final String STORE_UNAVAILABLE = "the store is unavailable";

    private static final String SHUTTING_DOWN = "the server is shutting down";
    private static final Duration PARTING = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(EventStreams.class.getName());

    private final Limits limits;
    private final Semaphore free;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final BackgroundThread thread = new BackgroundThread("event-streams", woken -> dropStalled());
    private volatile boolean closed;

    /**
     * The limits and intervals of event streams.
     *
     * @param most the maximum number of open streams
     * @param heartbeat the maximum time between two writes to a stream
     * @param stall the maximum time for a client to accept one part
     * @param retry the time for a client to wait before it reconnects
     */
    public record Limits(int most, Duration heartbeat, Duration stall, Duration retry) {

        /** 5,000 streams, a heartbeat every 15 seconds, 10 seconds to accept a part, a reconnection after 2 seconds. */
        public static final Limits DEFAULT =
                new Limits(5_000, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

        /** The same, with at most this many open streams. */
        public Limits atMost(int streams) {
            return new Limits(Math.min(most, streams), heartbeat, stall, retry);
        }
    }

    /** Creates an instance without streams, and does not start its thread. */
    public EventStreams(Limits limits) {
        this.limits = limits;
        this.free = new Semaphore(limits.most());
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalThreadStateException when it was started before
     */
    public void start() {
        thread.start();
    }

    /** The number of open streams. */
    public int open() {
        return limits.most() - free.availablePermits();
    }

    /**
     * Responds with an event stream, until {@code feeder} returns or the client disconnects. HEAD returns the headers
     * and no events.
     *
     * @throws ProblemException 503 if the maximum number of streams is open, or this instance is closed
     */
    public void serve(Context ctx, Consumer<EventStream> feeder) {
        if (closed || !free.tryAcquire()) {
            ctx.header("Retry-After", String.valueOf(Math.max(1, limits.retry().toSeconds())));
            throw Problem.of(
                            ProblemType.NO_MORE_STREAMS,
                            closed
                                    ? "The server is shutting down."
                                    : "The maximum of " + limits.most() + " event streams is open.")
                    .asException();
        }
        try {
            var stream = new EventStream(ctx, limits.heartbeat(), limits.retry());
            if (ctx.method().equals(HandlerType.HEAD)) {
                ctx.res().flushBuffer(); // otherwise Jetty adds a Content-Length
            } else {
                feed(stream, feeder);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A client has disconnected", e);
        } finally {
            free.release();
        }
    }

    private void feed(EventStream stream, Consumer<EventStream> feeder) {
        open.add(stream);
        try {
            if (closed) { // checked after add, so that close() misses no stream
                stream.end(SHUTTING_DOWN);
            }
            feeder.accept(stream);
            stream.sayGoodbye(SHUTTING_DOWN);
        } catch (StoreUnavailableException e) {
            stream.sayGoodbye(STORE_UNAVAILABLE);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "An event stream failed", e);
            drop(stream); // the status is already sent; a closed connection signals the error
        } finally {
            open.remove(stream);
        }
    }

    private Duration dropStalled() {
        open.stream().filter(stream -> stream.isStalled(limits.stall())).forEach(EventStreams::drop);
        return limits.stall().dividedBy(4);
    }

    /** Ignores errors of a connection that is already broken. */
    private static void drop(EventStream stream) {
        try {
            stream.drop();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "The client has already disconnected", e);
        }
    }

    /** Rejects new streams, and ends the open streams; after 2 seconds, disconnects those that are still open. */
    @Override
    public void close() {
        closed = true;
        open.forEach(stream -> stream.end(SHUTTING_DOWN));
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
