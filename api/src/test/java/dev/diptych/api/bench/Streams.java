package dev.diptych.api.bench;

import dev.diptych.api.Diptych;
import dev.diptych.api.Store;
import dev.diptych.core.orders.read.list.ListOrderChanges;
import dev.diptych.core.query.DirectQueryBus;
import dev.diptych.core.query.QueryBus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Event streams of the list of orders, all open at the same time: how long a change takes to reach all of them through
 * the shared feed, and how long as many bounded queries take, one for each stream.
 */
final class Streams implements AutoCloseable {

    /** Each of them sends queries when it is opened. */
    private static final int AT_ONCE = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Diptych application;
    private final QueryBus queries;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

    /**
     * Starts the application.
     *
     * @param store closed with this object
     */
    Streams(Store store) throws IOException {
        this.application = Diptych.start(store, "127.0.0.1", 0);
        var views = DirectQueryBus.builder();
        store.read().contexts().orders().register(views);
        this.queries = views.build();
    }

    void report(int count, int changes) throws Exception {
        HttpRequests.Connection client = HttpRequests.Connection.open(application.port());
        for (int opened = 0; opened < count; opened += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                open();
            }
            await(AT_ONCE, "event: live");
        }
        List<Double> shared = new ArrayList<>();
        List<Double> single = new ArrayList<>();
        for (int change = 0; change < changes; change++) {
            String order = "followed-" + change;
            long position =
                    queries.ask(new ListOrderChanges(Long.MAX_VALUE, 1)).upTo().position();
            client.send(HttpRequests.placing(order));
            shared.add(millis(() -> await(count, order)));
            single.add(millis(() -> askEach(count, position)));
        }
        System.out.printf(
                Locale.ROOT,
                "until a change of one order has reached %,d streams: %.0f ms; as many queries: %.0f ms%n",
                count,
                median(shared),
                median(single));
    }

    private void open() throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), application.port()));
        channel.write(StandardCharsets.US_ASCII.encode(
                "GET /orders?limit=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, "");
    }

    /** Reads from all streams until each has received a text. */
    private Void await(int count, String text) throws IOException {
        int missing = count;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (missing > 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException(missing + " streams have not received " + text);
            }
            selector.select(1_000);
            for (SelectionKey key : selector.selectedKeys()) {
                if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) {
                    throw new IOException("A stream has ended after " + key.attachment());
                }
                String received = key.attachment()
                        + StandardCharsets.UTF_8.decode(buffer.flip()).toString();
                boolean complete = received.contains(text);
                key.attach(complete ? "" : received);
                missing -= complete ? 1 : 0;
            }
            selector.selectedKeys().clear();
        }
        return null;
    }

    private Void askEach(int count, long after) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(threads.submit(() ->
                        queries.ask(new ListOrderChanges(after, 200)).value().size()));
            }
            for (Future<Integer> each : all) {
                each.get();
            }
        }
        return null;
    }

    private interface Step {
        Void run() throws Exception;
    }

    private static double millis(Step step) throws Exception {
        long began = System.nanoTime();
        step.run();
        return (System.nanoTime() - began) / 1e6;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
        application.close();
    }
}
