package dev.diptych.core.orders.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.list.OrderListItem;
import dev.diptych.core.orders.read.list.OrderListProjection;
import dev.diptych.core.orders.read.summary.OrderSummary;
import dev.diptych.core.orders.read.summary.OrderSummaryProjection;
import dev.diptych.core.projection.InBatches;
import dev.diptych.core.projection.PublishedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of any size give the same rows. The seeds are fixed, so a failure can be reproduced. */
class OrderProjectionsInBatchesTest {

    private static final Money TOTAL = Money.of("15");
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void any_batch_sizes_give_the_same_rows(long seed) {
        List<PublishedEvent<?>> history = history(new Random(seed));
        assertThat(InBatches.sameRowsForAnyBatches(new OrderSummaryProjection(), history, seed))
                .hasSize(40);
        assertThat(InBatches.sameRowsForAnyBatches(new OrderListProjection(), history, seed))
                .hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_row_holds_the_version_and_position_of_its_last_event(long seed) {
        List<PublishedEvent<?>> history = history(new Random(seed));
        Map<String, PublishedEvent<?>> last = new HashMap<>();
        history.forEach(published -> last.put(((OrderEvent) published.event()).orderId(), published));

        Map<String, OrderSummary> summaries = InBatches.rows(new OrderSummaryProjection(), history, history.size());
        Map<String, OrderListItem> items = InBatches.rows(new OrderListProjection(), history, history.size());
        assertThat(summaries).hasSameSizeAs(last);
        assertThat(items).hasSameSizeAs(last);
        last.forEach((orderId, published) -> {
            assertThat(summaries.get(orderId).version()).isEqualTo(published.version());
            assertThat(summaries.get(orderId).position()).isEqualTo(published.position());
            assertThat(items.get(orderId).version()).isEqualTo(published.version());
            assertThat(items.get(orderId).position()).isEqualTo(published.position());
        });
    }

    private static List<PublishedEvent<?>> history(Random random) {
        List<List<OrderEvent>> streams = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            streams.add(stream("o" + i, random));
        }
        return InBatches.interleaved(streams, random);
    }

    private static List<OrderEvent> stream(String id, Random random) {
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
