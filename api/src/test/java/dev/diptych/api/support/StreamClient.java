package dev.diptych.api.support;

import java.util.Set;
import java.util.TreeSet;

/**
 * A client of the event stream of {@code GET /orders}: it clears its rows on {@code reset}, applies changes, and
 * reconnects with the last id. Not thread-safe.
 */
public final class StreamClient implements AutoCloseable {

    private final Http http;
    private final Set<String> rows = new TreeSet<>();
    private String lastId = "";
    private Sse stream;
    private int read;
    private int resets;

    public StreamClient(Http http) {
        this.http = http;
        this.stream = Sse.open(http, "/orders");
    }

    /** Returns the ids of the orders in the list. */
    public Set<String> rows() {
        boolean ended = stream.hasEnded(); // before its events are read, of which then none is missed
        for (Sse.Event event : stream.events().stream().skip(read).toList()) {
            take(event);
            read++;
        }
        if (ended) {
            stream.close();
            stream = Sse.open(http, "/orders", "Last-Event-ID", lastId);
            read = 0;
        }
        return Set.copyOf(rows);
    }

    private void take(Sse.Event event) {
        switch (event.name()) {
            case "reset" -> {
                rows.clear();
                resets++;
            }
            case "row" -> rows.add(event.order());
            case "gone" -> rows.remove(event.order());
            default -> {}
        }
        if (!event.id().isEmpty()) {
            lastId = event.id();
        }
    }

    /** Returns the last id received. */
    public String lastId() {
        return lastId;
    }

    /** Returns the number of resets. */
    public int resets() {
        return resets;
    }

    @Override
    public void close() {
        stream.close();
    }
}
