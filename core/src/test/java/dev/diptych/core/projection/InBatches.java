package dev.diptych.core.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Histories that are cut into batches in any way, as a runner may do, and folded without a store. */
public final class InBatches {

    private InBatches() {}

    /** Events of several streams in one order, each stream's own order kept; positions have gaps, as they may. */
    public static <E> List<PublishedEvent<?>> mixed(List<List<E>> streams, Random random) {
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

    /** The rows of a history, after asserting that they are the same for one batch, for many, and for batches of one. */
    public static <E, R> Map<String, R> sameRowsHoweverCut(
            Projection<E, R> projection, List<PublishedEvent<?>> history, long seed) {
        Map<String, R> atOnce = rows(projection, history, history.size());
        assertThat(rows(projection, history, 1)).isEqualTo(atOnce);
        var cuts = new Random(seed);
        for (int i = 0; i < 20; i++) {
            assertThat(rows(projection, history, 1 + cuts.nextInt(40))).isEqualTo(atOnce);
        }
        return atOnce;
    }

    /** The rows of a history that is applied in batches of one size. */
    public static <E, R> Map<String, R> rows(
            Projection<E, R> projection, List<PublishedEvent<?>> history, int batchSize) {
        Map<String, R> rows = new HashMap<>();
        long after = 0;
        for (int from = 0; from < history.size(); from += batchSize) {
            List<PublishedEvent<?>> part = history.subList(from, Math.min(from + batchSize, history.size()));
            var batch = new Batch(after, part, "h");
            batch.fold(projection, keys -> only(keys, rows))
                    .forEach((key, row) -> row.ifPresentOrElse(there -> rows.put(key, there), () -> rows.remove(key)));
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
