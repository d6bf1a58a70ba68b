package dev.diptych.api.nodes;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.core.contract.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Eight clients that place and pay orders on one node and read each with its token on others, in turn. Each does half
 * of its round trips before a promotion, goes on during it, and does the other half afterwards. A write that was lost
 * is sent again.
 */
final class RoundTrips implements AutoCloseable {

    private static final int CLIENTS = 8;

    private final Duration patience;
    private final OrderClient writing;
    private final List<Http> reading;
    private final CountDownLatch firstHalf = new CountDownLatch(CLIENTS);
    private final CountDownLatch promotion = new CountDownLatch(1);
    private final Queue<String> stale = new ConcurrentLinkedQueue<>();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> running = new ArrayList<>();

    RoundTrips(OrderClient writing, List<Http> reading, int count) {
        this.patience = Waiting.PATIENCE.plusMillis(100L * count);
        this.writing = writing;
        this.reading = reading;
        for (int client = 0; client < CLIENTS; client++) {
            String prefix = "o-" + client + "-";
            running.add(clients.submit(() -> run(prefix, count / CLIENTS / 2)));
        }
    }

    /** Waits until each client has done its first half. */
    void awaitFirstHalf() {
        Waiting.until(patience, "the first half is done", () -> firstHalf.getCount() == 0 || failed());
    }

    private boolean failed() {
        return running.stream().anyMatch(Future::isDone);
    }

    /** Says that the promotion is over. */
    void promoted() {
        promotion.countDown();
    }

    /** Waits for all round trips, and returns the reads that did not show their writes. */
    List<String> stale() throws Exception {
        for (Future<?> client : running) {
            client.get(patience.toSeconds(), TimeUnit.SECONDS);
        }
        return List.copyOf(stale);
    }

    /** An order takes two round trips. */
    private void run(String prefix, int half) {
        int orders = 0;
        for (; orders < half / 2 || promotion.getCount() > 0; orders++) {
            order(prefix + orders);
            if (orders == half / 2) {
                firstHalf.countDown();
            }
        }
        for (int more = 0; more < half / 2; more++) {
            order(prefix + (orders + more));
        }
    }

    private void order(String id) {
        Http node = reading.get(Math.floorMod(id.hashCode(), reading.size()));
        Waiting.until(
                "order " + id + " is placed, paid and read",
                () -> seen(writing.place(id, key("place", id)), node) && seen(writing.pay(id, key("pay", id)), node));
    }

    private static String[] key(String command, String id) {
        return new String[] {"Idempotency-Key", command + "-" + id};
    }

    /**
     * Returns false if the write was not done, or was lost: it is to be sent again. A query for a lost write may wait
     * to its deadline, since its standby cannot know that until it has received something of the new history.
     */
    private boolean seen(Http.Answer written, Http node) {
        if (written.status() != 202) {
            return false;
        }
        Http.Answer read = node.get(written.header("Location"), "Prefer", "wait=3");
        if (read.status() == 410 || read.status() == 503) {
            return false;
        }
        if (read.status() != 200 || version(read) < version(written)) {
            stale.add(written.header("Location") + ": " + read.status() + " "
                    + read.response().body());
        }
        return true;
    }

    private static long version(Http.Answer answer) {
        return Long.parseLong(answer.header("ETag").replaceAll("^\"(\\d+)\\..*", "$1"));
    }

    @Override
    public void close() {
        promoted();
        clients.shutdownNow();
    }
}
