package dev.diptych.api.http;

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
 * One client's stream of events (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 * events</a>). What is sent is collected and written in parts of {@value #PART} bytes; a part that the client does not take
 * in time costs it its connection. One thread writes; all else may be called by any.
 */
public final class EventStream {

    private static final int PART = 8 * 1024;

    private final Context ctx;
    private final OutputStream out;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final Duration heartbeat;
    private final CompletableFuture<Void> ending = new CompletableFuture<>();
    private long lastWrite = System.nanoTime();
    private volatile long writingSince;

    /** Makes the head of the answer. */
    EventStream(Context ctx, Duration heartbeat, Duration retry) throws IOException {
        this.ctx = ctx;
        this.heartbeat = heartbeat;
        ctx.status(200)
                .header("Content-Type", Accept.EVENTS)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        ctx.res().setBufferSize(PART / 16); // there is a buffer here already, and there may be thousands of streams
        this.out = ctx.res().getOutputStream();
        send(("retry: " + retry.toMillis() + "\n\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** An event that says how far its receiver is, once it has it. */
    public static byte[] event(String name, Place id, Object data) {
        return text("event: " + name + "\nid: " + Places.text(id) + "\n", data);
    }

    /** An event that leaves its receiver where it is. */
    public static byte[] event(String name, Object data) {
        return text("event: " + name + "\n", data);
    }

    private static byte[] text(String head, Object data) {
        var text = new ByteArrayOutputStream();
        text.writeBytes((head + "data: ").getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(Json.bytes(data)); // on one line, as Jackson writes it unless told otherwise
        text.writeBytes(new byte[] {'\n', '\n'});
        return text.toByteArray();
    }

    /**
     * Sends an event, at the latest with the next {@link #flush}.
     *
     * @throws UncheckedIOException when the client is gone, or was dropped
     */
    public void send(byte[] event) {
        part.writeBytes(event);
        if (part.size() >= PART) {
            flush();
        }
    }

    /**
     * Writes what was sent.
     *
     * @throws UncheckedIOException when the client is gone, or was dropped
     */
    public void flush() {
        if (part.size() == 0) {
            return;
        }
        writingSince = System.nanoTime() | 1; // 0 is for nothing
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

    /** The longest time from now on in which nothing need be written. */
    public Duration untilHeartbeat() {
        return heartbeat.minusNanos(System.nanoTime() - lastWrite);
    }

    /**
     * Shows the client, and whatever is in between, that the stream is alive, if nothing else has for a while.
     *
     * @param id up to where everything has been sent
     * @throws UncheckedIOException when the client is gone, or was dropped
     */
    public void beat(Place id) {
        if (!untilHeartbeat().isPositive()) {
            send((": alive\nid: " + Places.text(id) + "\n\n").getBytes(StandardCharsets.US_ASCII));
            flush();
        }
    }

    /** The same while it is not known yet up to where everything has been sent. */
    public void beat() {
        if (!untilHeartbeat().isPositive()) {
            send(": alive\n\n".getBytes(StandardCharsets.US_ASCII));
            flush();
        }
    }

    /** Has something called when the stream is to end; at once, when it is to already. */
    public void onEnd(Runnable wake) {
        var unused = ending.thenRun(wake); // a wake-up does not fail
    }

    /** Whether the stream is to end. */
    public boolean isEnding() {
        return ending.isDone();
    }

    /** Asks whoever feeds the stream to leave it. */
    void end() {
        ending.complete(null);
    }

    /** Tells the client that there is nothing more, and why. */
    public void sayGoodbye(String reason) {
        send(event("end", Map.of("reason", reason)));
        flush();
    }

    /** Whether a part is being written for longer than that. */
    boolean isStalled(Duration bound) {
        long since = writingSince;
        return since != 0 && System.nanoTime() - since > bound.toNanos();
    }

    /** Closes the connection, whoever is writing to it. */
    void drop() {
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
