package dev.diptych.api.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures two implementations in alternating rounds, under the same load of the machine: the result is the ratio of
 * their speeds, with its spread over the rounds. Many short rounds are better than a few long ones, because other load
 * on the machine affects some of them, but not the median.
 *
 * @param warmUp the number of initial rounds that are not counted, in which the JIT compiler runs
 * @param count the number of rounds
 * @param millis the duration of each measurement in a round; each operation runs at least once
 */
record Rounds(int warmUp, int count, long millis) {

    /** An operation of a client; returns the number of its results, usually one. */
    interface Operation {
        long run(int client) throws Exception;
    }

    /** A measurement; returns the number of results per second. */
    interface Measurement {
        double rate() throws Exception;
    }

    /**
     * What came out.
     *
     * @param ours operations a second, the median of the rounds
     * @param bare the same for the other way
     * @param ratios ours divided by bare, one for each round, sorted
     */
    record Result(double ours, double bare, List<Double> ratios) {

        /** Returns the row of the table, without its title. */
        String inWords() {
            return String.format(
                    Locale.ROOT,
                    "%.2f (%.2f to %.2f) | %,.0f | %,.0f",
                    quantile(0.5),
                    quantile(0.25),
                    quantile(0.75),
                    ours,
                    bare);
        }

        private double quantile(double part) {
            return ratios.get((int) (part * (ratios.size() - 1) + 0.5));
        }
    }

    /** Compares operations that a number of clients repeat concurrently. */
    Result compare(int clients, Operation ours, Operation bare) throws Exception {
        return compare(() -> rate(clients, ours), () -> rate(clients, bare));
    }

    /** Compares two measurements. */
    Result compare(Measurement ours, Measurement bare) throws Exception {
        List<double[]> rates = new ArrayList<>();
        for (int round = 0; round < warmUp + count; round++) {
            boolean oursFirst = round % 2 == 0; // neither always finds what the other has left
            double first = (oursFirst ? ours : bare).rate();
            double second = (oursFirst ? bare : ours).rate();
            if (round >= warmUp) {
                rates.add(oursFirst ? new double[] {first, second} : new double[] {second, first});
            }
        }
        return new Result(
                median(rates, 0),
                median(rates, 1),
                rates.stream().map(each -> each[0] / each[1]).sorted().toList());
    }

    private static double median(List<double[]> rates, int which) {
        double[] values = rates.stream().mapToDouble(each -> each[which]).toArray();
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private double rate(int clients, Operation operation) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            var done = new LongAdder();
            long began = System.nanoTime();
            long end = began + millis * 1_000_000;
            List<Future<Void>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int number = client;
                running.add(threads.submit((Callable<Void>) () -> {
                    do {
                        done.add(operation.run(number));
                    } while (System.nanoTime() < end);
                    return null;
                }));
            }
            for (Future<Void> each : running) {
                each.get();
            }
            return done.sum() * 1e9 / (System.nanoTime() - began);
        } finally {
            threads.shutdown();
        }
    }
}
