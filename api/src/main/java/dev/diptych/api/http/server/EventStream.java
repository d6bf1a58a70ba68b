package dev.diptych.api.http.server;

import dev.diptych.api.http.input.Accept;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Places;
import dev.diptych.core.eventstore.Place;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * An event stream to one client (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 * events</a>). Output is buffered, and written in parts of {@value #PART} bytes; a client that does not accept a part
 * in time is disconnected. The methods that write, and {@link #untilHeartbeat}, must be called from one thread; the
 * other methods are thread-safe.
 */
public final class EventStream {

    private static final int PART = 8 * 1024;

    private final Context ctx;
    private final OutputStream out;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final Duration heartbeat;
    private final CompletableFuture<String> ending = new CompletableFuture<>();
    private long lastWrite = System.nanoTime();
    private volatile long writingSince;

    /** Sets the response headers, and buffers the reconnection delay for the client. */
    EventStream(Context ctx, Duration heartbeat, Duration retry) throws IOException {
        this.ctx = ctx;
        this.heartbeat = heartbeat;
        ctx.status(200)
                .header("Content-Type", Accept.EVENTS)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        ctx.res().setBufferSize(PART / 16); // small, because parts are buffered here, for thousands of streams
        this.out = ctx.res().getOutputStream();
        send(("retry: " + retry.toMillis() + "\n\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Formats an event with an id, from which a client resumes after it has reconnected. */
    public static byte[] event(String name, Place id, Object data) {
        return text("event: " + name + "\nid: " + Places.text(id) + "\n", data);
    }

    /** Formats an event without an id, which leaves the client's last event id unchanged. */
    public static byte[] event(String name, Object data) {
        return text("event: " + name + "\n", data);
    }

    private static byte[] text(String head, Object data) {
        var text = new ByteArrayOutputStream();
        text.writeBytes((head + "data: ").getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(Json.bytes(data)); // on one line, which is the default of Jackson
        text.writeBytes(new byte[] {'\n', '\n'});
        return text.toByteArray();
    }

    /**
     * Buffers an event, to be written by the next {@link #flush} at the latest.
     *
     * @throws UncheckedIOException if the connection is closed
     */
    public void send(byte[] event) {
        part.writeBytes(event);
        if (part.size() >= PART) {
            flush();
        }
    }

    /**
     * Writes the buffered output.
     *
     * @throws UncheckedIOException if the connection is closed
     */
    public void flush() {
        if (part.size() == 0) {
            return;
        }
        writingSince = System.nanoTime() | 1; // never 0, which means that no write is in progress
        try {
            out.write(part.toByteArray());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writingSince = 0;
        }
        part.reset();
        lastWrite = System.nanoTime();
    }

    /** The time until a heartbeat is due; zero or negative if one is overdue. */
    public Duration untilHeartbeat() {
        return heartbeat.minusNanos(System.nanoTime() - lastWrite);
    }

    /**
     * Sends a heartbeat if one is due, so that clients and proxies do not close an idle connection.
     *
     * @param id the place up to which all events have been sent
     * @throws UncheckedIOException if the connection is closed
     */
    public void beat(Place id) {
        if (!untilHeartbeat().isPositive()) {
            send((": alive\nid: " + Places.text(id) + "\n\n").getBytes(StandardCharsets.US_ASCII));
            flush();
        }
    }

    /**
     * Sends a heartbeat without an id if one is due.
     *
     * @throws UncheckedIOException if the connection is closed
     */
    public void beat() {
        if (!untilHeartbeat().isPositive()) {
            send(": alive\n\n".getBytes(StandardCharsets.US_ASCII));
            flush();
        }
    }

    /** Runs {@code wake} when the stream is to end; immediately if {@link #isEnding} is already true. */
    public void onEnd(Runnable wake) {
        var unused = ending.thenRun(wake); // ignored, because a wake-up does not fail
    }

    /** Whether the stream is to end. */
    public boolean isEnding() {
        return ending.isDone();
    }

    /** Requests that the writing thread ends the stream. The first reason counts. */
    public void end(String reason) {
        ending.complete(reason);
    }

    /**
     * Sends a last event with the reason why the stream ends.
     *
     * @param reason the reason, unless {@link #end} was called with another before
     * @throws UncheckedIOException if the connection is closed
     */
    void sayGoodbye(String reason) {
        send(event("end", Map.of("reason", ending.getNow(reason))));
        flush();
    }

    /** Whether a write has been in progress for longer than {@code bound}. */
    boolean isStalled(Duration bound) {
        long since = writingSince;
        return since != 0 && System.nanoTime() - since > bound.toNanos();
    }

    /** Closes the connection, even during a write. */
    void drop() {
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
