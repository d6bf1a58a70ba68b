package dev.diptych.core.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Folds event sequences in batches of any size, as a runner may do, without a store. */
public final class InBatches {

    private InBatches() {}

    /** Interleaves the events of several streams, each in its own order; positions have gaps. */
    public static <E> List<PublishedEvent<?>> interleaved(List<List<E>> streams, Random random) {
        List<PublishedEvent<?>> history = new ArrayList<>();
        int[] versions = new int[streams.size()];
        List<Integer> unfinished = new ArrayList<>();
        for (int stream = 0; stream < versions.length; stream++) {
            unfinished.add(stream);
        }
        long position = 0;
        while (!unfinished.isEmpty()) {
            int stream = unfinished.get(random.nextInt(unfinished.size()));
            List<E> events = streams.get(stream);
            E event = events.get(versions[stream]++);
            position += 1 + random.nextInt(3);
            history.add(new PublishedEvent<>(event, versions[stream], position));
            unfinished.removeIf(each -> versions[each] == streams.get(each).size());
        }
        return history;
    }

    /** Asserts that one batch, batches of one event and batches of other sizes give the same rows; returns the rows. */
    public static <E, R> Map<String, R> sameRowsForAnyBatches(
            Projection<E, R> projection, List<PublishedEvent<?>> history, long seed) {
        Map<String, R> atOnce = rows(projection, history, history.size());
        assertThat(rows(projection, history, 1)).isEqualTo(atOnce);
        var sizes = new Random(seed);
        for (int i = 0; i < 20; i++) {
            assertThat(rows(projection, history, 1 + sizes.nextInt(40))).isEqualTo(atOnce);
        }
        return atOnce;
    }

    /** Returns the rows after applying all events in batches of one size. */
    public static <E, R> Map<String, R> rows(
            Projection<E, R> projection, List<PublishedEvent<?>> history, int batchSize) {
        Map<String, R> rows = new HashMap<>();
        long after = 0;
        for (int from = 0; from < history.size(); from += batchSize) {
            List<PublishedEvent<?>> part = history.subList(from, Math.min(from + batchSize, history.size()));
            var batch = new Batch(after, part, "h");
            batch.fold(projection, keys -> only(keys, rows))
                    .forEach((key, row) -> row.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key)));
            after = batch.through();
        }
        return rows;
    }

    private static <R> Map<String, R> only(Set<String> keys, Map<String, R> rows) {
        var found = new HashMap<>(rows);
        found.keySet().retainAll(keys);
        return found;
    }
}
