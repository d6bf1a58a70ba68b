package dev.diptych.core.orders.read.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.InBatches;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.PublishedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds the events of orders into the rows of products, without a store. */
class ProductSalesProjectionTest {

    private static final Instant T = Instant.parse("2026-01-01T10:00:00Z");
    private static final List<OrderItem> ITEMS =
            List.of(new OrderItem("lamp", 2, Money.of("7.50")), new OrderItem("bulb", 10, Money.of("0.50")));
    private static final OrderEvent PLACED = placed("o1", ITEMS);
    private static final OrderEvent PAID = new OrderPaid("o1", "c1", Money.of("20"), T);
    private static final OrderEvent SHIPPED = new OrderShipped("o1", "c1", T);
    private static final OrderEvent CANCELLED = cancelled("o1", ITEMS);

    @Test
    void every_product_of_an_order_has_a_row() {
        assertThat(rows(PLACED))
                .isEqualTo(Map.of(
                        "lamp", Optional.of(new ProductSales("lamp", 1, 2, Money.of("15"), 10)),
                        "bulb", Optional.of(new ProductSales("bulb", 1, 10, Money.of("5"), 10))));
    }

    @Test
    void sales_of_a_product_add_up_at_the_price_of_each_order() {
        OrderEvent dearer = placed("o2", List.of(new OrderItem("lamp", 3, Money.of("8"))));
        assertThat(rows(PLACED, dearer).get("lamp")).contains(new ProductSales("lamp", 2, 5, Money.of("39"), 20));
        assertThat(rows(PLACED, dearer, CANCELLED).get("lamp"))
                .contains(new ProductSales("lamp", 1, 3, Money.of("24"), 30));
    }

    @Test
    void payment_and_shipping_change_no_rows() {
        assertThat(rows(PLACED, PAID, SHIPPED)).isEqualTo(rows(PLACED));
    }

    @Test
    void a_product_has_no_row_when_every_order_was_cancelled() {
        assertThat(rows(PLACED, CANCELLED)).isEqualTo(Map.of("lamp", Optional.empty(), "bulb", Optional.empty()));
        assertThat(rows(PLACED, CANCELLED, PLACED).get("bulb"))
                .contains(new ProductSales("bulb", 1, 10, Money.of("5"), 30));
    }

    @Test
    void a_free_product_has_a_row() {
        assertThat(rows(placed("o1", List.of(new OrderItem("gift", 1, Money.ZERO))))
                        .get("gift"))
                .contains(new ProductSales("gift", 1, 1, Money.ZERO, 10));
    }

    @Test
    void a_cancellation_without_a_row_is_poisoned() {
        assertThatThrownBy(() -> rows(CANCELLED))
                .isInstanceOf(PoisonedEventException.class)
                .hasMessageContaining("OrderCancelled at position 10")
                .hasMessageContaining("The product has no row, although an earlier event created one");
    }

    @Test
    void the_projection_name_is_stable_and_the_keys_are_in_the_event() {
        var projection = new ProductSalesProjection();
        assertThat(projection.name()).isEqualTo("product-sales");
        assertThat(projection.keysOf(PLACED)).containsExactlyInAnyOrder("lamp", "bulb");
        assertThat(projection.keysOf(CANCELLED)).containsExactlyInAnyOrder("lamp", "bulb");
        assertThat(projection.keysOf(PAID)).isEmpty();
        assertThat(projection.keysOf(SHIPPED)).isEmpty();
    }

    @Test
    void a_page_has_1_to_200_products() {
        assertThat(new GetProductSales(Optional.empty(), 1).limit()).isEqualTo(1);
        assertThat(new GetProductSales(Optional.empty(), 200).limit()).isEqualTo(200);
        for (int bad : new int[] {0, -1, 201}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new GetProductSales(Optional.empty(), bad));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void any_batch_sizes_give_the_same_correct_rows(long seed) {
        var random = new Random(seed);
        List<List<OrderEvent>> streams = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            streams.add(stream("o" + i, random));
        }
        var rows = InBatches.sameRowsForAnyBatches(
                new ProductSalesProjection(), InBatches.interleaved(streams, random), seed);
        assertThat(rows).hasSizeGreaterThan(10);
        Map<String, ProductSales> counted = new HashMap<>();
        for (List<OrderEvent> stream : streams) {
            if (!(stream.getLast() instanceof OrderCancelled) && stream.getFirst() instanceof OrderPlaced kept) {
                kept.items().forEach(item -> count(item, rows, counted));
            }
        }
        assertThat(rows).isEqualTo(counted);
    }

    private static void count(OrderItem item, Map<String, ProductSales> positions, Map<String, ProductSales> counted) {
        counted.merge(
                item.sku(),
                new ProductSales(
                        item.sku(),
                        1,
                        item.quantity(),
                        item.price(),
                        positions.get(item.sku()).position()),
                (one, other) -> new ProductSales(
                        one.sku(),
                        one.orders() + other.orders(),
                        one.units() + other.units(),
                        one.revenue().plus(other.revenue()),
                        one.position()));
    }

    private static List<OrderEvent> stream(String id, Random random) {
        List<OrderItem> items = IntStream.range(0, 20)
                .filter(sku -> random.nextInt(5) == 0)
                .mapToObj(sku -> new OrderItem("sku-" + sku, 1 + random.nextInt(9), Money.of("0.30")))
                .toList();
        return switch (random.nextInt(3)) {
            case 0 -> List.of(placed(id, items));
            case 1 -> List.of(placed(id, items), new OrderPaid(id, "c1", Money.ZERO, T), new OrderShipped(id, "c1", T));
            default -> List.of(placed(id, items), cancelled(id, items));
        };
    }

    private static OrderEvent placed(String id, List<OrderItem> items) {
        return new OrderPlaced(id, "c1", items, Money.ZERO, T);
    }

    private static OrderEvent cancelled(String id, List<OrderItem> items) {
        return new OrderCancelled(id, "c1", items, Money.ZERO, "lost", T);
    }

    private static Map<String, Optional<ProductSales>> rows(OrderEvent... events) {
        List<PublishedEvent<?>> published = new ArrayList<>();
        for (OrderEvent event : events) {
            published.add(new PublishedEvent<>(event, 1, 10L * (published.size() + 1)));
        }
        return new Batch(0, published, "h").fold(new ProductSalesProjection(), keys -> Map.of());
    }
}
