package dev.diptych.api.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The time from the answer to a command until its view shows it, while clients send commands at a half and at a tenth
 * of the maximum rate, which is measured first.
 */
final class Lag {

    private static final int CLIENTS = 32;

    private final HttpRequests requests;

    Lag(HttpRequests requests) {
        this.requests = requests;
    }

    /** Prints the percentiles of the samples of one more client. */
    void report(String where, Duration each) throws Exception {
        double maximum = load(each, 0) / seconds(each);
        for (int part : List.of(2, 10)) {
            requests.untilVisible(CLIENTS); // the projections have caught up
            report(where, each, maximum, part);
        }
    }

    private void report(String where, Duration each, double maximum, int part) throws Exception {
        long pause = (long) (CLIENTS * 1e9 / (maximum / part));
        List<Duration> samples = new ArrayList<>();
        try (ExecutorService loader = Executors.newSingleThreadExecutor()) {
            Future<Long> load = loader.submit(() -> load(each, pause));
            while (!load.isDone()) {
                samples.add(requests.untilVisible(CLIENTS));
            }
            System.out.printf(
                    Locale.ROOT,
                    "from the answer to visibility%s: p50 %.1f ms, p99 %.1f ms, maximum %.1f ms; %d samples beside %.0f"
                            + " commands a second, of at most %.0f%n",
                    where,
                    millis(samples, 0.5),
                    millis(samples, 0.99),
                    millis(samples, 1),
                    samples.size(),
                    load.get() / seconds(each),
                    maximum);
        }
    }

    /** Sends commands by all clients, each with a fixed interval or none; returns the number of commands. */
    private long load(Duration duration, long intervalNanos) throws Exception {
        var sent = new LongAdder();
        long end = System.nanoTime() + duration.toNanos();
        List<Callable<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.add(() -> {
                long next = System.nanoTime() + intervalNanos * number / CLIENTS;
                while (System.nanoTime() < end) {
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
                    sent.add(requests.post(true, number));
                    next += intervalNanos;
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        }
        return sent.sum();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static double millis(List<Duration> samples, double part) {
        List<Duration> sorted = samples.stream().sorted().toList();
        return sorted.get((int) (part * (sorted.size() - 1))).toNanos() / 1e6;
    }
}
