package dev.diptych.core.orders.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a history is cut into batches, its rows are the same: the seeds are fixed, so a failure can be repeated. */
class OrderProjectionsInBatchesTest {

    private static final Money TOTAL = Money.of("15");
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void any_cut_into_batches_gives_the_same_rows(long seed) {
        List<PublishedEvent<?>> history = history(new Random(seed));
        sameRowsHoweverCut(new OrderSummaryProjection(), history, seed);
        sameRowsHoweverCut(new OrderListProjection(), history, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_row_carries_the_version_and_the_position_of_the_last_event_of_its_order(long seed) {
        List<PublishedEvent<?>> history = history(new Random(seed));
        Map<String, PublishedEvent<?>> last = new HashMap<>();
        history.forEach(published -> last.put(((OrderEvent) published.event()).orderId(), published));

        Map<String, OrderSummary> summaries = rows(new OrderSummaryProjection(), history, history.size());
        Map<String, OrderListItem> items = rows(new OrderListProjection(), history, history.size());
        assertThat(summaries).hasSameSizeAs(last);
        assertThat(items).hasSameSizeAs(last);
        last.forEach((orderId, published) -> {
            assertThat(summaries.get(orderId).version()).isEqualTo(published.version());
            assertThat(summaries.get(orderId).position()).isEqualTo(published.position());
            assertThat(items.get(orderId).version()).isEqualTo(published.version());
            assertThat(items.get(orderId).position()).isEqualTo(published.position());
        });
    }

    private static <R> void sameRowsHoweverCut(
            Projection<OrderEvent, R> projection, List<PublishedEvent<?>> history, long seed) {
        Map<String, R> atOnce = rows(projection, history, history.size());
        assertThat(atOnce).hasSizeGreaterThan(10);
        assertThat(rows(projection, history, 1)).isEqualTo(atOnce);
        var cuts = new Random(seed);
        for (int i = 0; i < 20; i++) {
            assertThat(rows(projection, history, 1 + cuts.nextInt(40))).isEqualTo(atOnce);
        }
    }

    private static <R> Map<String, R> rows(
            Projection<OrderEvent, R> projection, List<PublishedEvent<?>> history, int batchSize) {
        Map<String, R> rows = new HashMap<>();
        long after = 0;
        for (int from = 0; from < history.size(); from += batchSize) {
            List<PublishedEvent<?>> part = history.subList(from, Math.min(from + batchSize, history.size()));
            var batch = new Batch(after, part.getLast().position(), part);
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

    /** Some orders, each with a life of its own, mixed; positions have gaps, as they may. */
    private static List<PublishedEvent<?>> history(Random random) {
        List<List<OrderEvent>> lives = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lives.add(new ArrayList<>(life("o" + i, random)));
        }
        List<PublishedEvent<?>> history = new ArrayList<>();
        Map<String, Integer> versions = new HashMap<>();
        long position = 0;
        while (!lives.isEmpty()) {
            List<OrderEvent> life = lives.get(random.nextInt(lives.size()));
            OrderEvent event = life.removeFirst();
            lives.removeIf(List::isEmpty);
            position += 1 + random.nextInt(3);
            history.add(new PublishedEvent<>(event, versions.merge(event.orderId(), 1, Integer::sum), position));
        }
        return history;
    }

    private static List<OrderEvent> life(String id, Random random) {
        Instant at = Instant.ofEpochSecond(random.nextInt(1_000_000));
        var placed = new OrderPlaced(id, "c" + random.nextInt(5), ITEMS, TOTAL, at);
        var paid = new OrderPaid(id, placed.customerId(), TOTAL, at.plusSeconds(1));
        var shipped = new OrderShipped(id, placed.customerId(), at.plusSeconds(2));
        var cancelled = new OrderCancelled(id, placed.customerId(), ITEMS, TOTAL, "lost", at.plusSeconds(3));
        return switch (random.nextInt(5)) {
            case 0 -> List.of(placed);
            case 1 -> List.of(placed, paid);
            case 2 -> List.of(placed, paid, shipped);
            case 3 -> List.of(placed, cancelled);
            default -> List.of(placed, paid, cancelled);
        };
    }
}
