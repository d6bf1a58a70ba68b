package dev.diptych.api;

import java.util.Set;
import java.util.TreeSet;

/**
 * A client of {@code GET /orders} as a stream that obeys it: it empties its list on {@code reset}, keeps the rows that
 * it was told, and comes again with the last id when the stream has ended. Used by one thread.
 */
final class StreamClient implements AutoCloseable {

    private final Http http;
    private final Set<String> rows = new TreeSet<>();
    private String lastId = "";
    private Sse stream;
    private int read;
    private int resets;

    StreamClient(Http http) {
        this.http = http;
        this.stream = Sse.open(http, "/orders");
    }

    /** The ids of the orders in its list, after all that has come so far. */
    Set<String> rows() {
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

    /** The last id that has come. */
    String lastId() {
        return lastId;
    }

    /** How many times it was told to empty its list. */
    int resets() {
        return resets;
    }

    @Override
    public void close() {
        stream.close();
    }
}
