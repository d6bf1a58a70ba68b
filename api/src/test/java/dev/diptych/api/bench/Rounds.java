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
 * Measures two ways to do the same, in turns, so that both meet the same machine: the result is how many times as fast the
 * first is as the second, with its spread over the rounds. Many short rounds say more than a few long ones, since something
 * else that the machine does meanwhile falls into some of them and not into the median.
 *
 * @param warmUp how many rounds come first, and are not counted: until the program is compiled, it is the compiler that is
 *     measured
 * @param count how many rounds
 * @param millis how long each way is measured in each round; each operation is done once at least
 */
record Rounds(int warmUp, int count, long millis) {

    /** One operation of one client; says how many things it did, usually one. */
    interface Operation {
        long run(int client) throws Exception;
    }

    /** One measurement; says how many things were done in a second. */
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

        /** A row of the table, without what stands before it. */
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

    /** Compares operations that so many clients do at once, again and again. */
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
