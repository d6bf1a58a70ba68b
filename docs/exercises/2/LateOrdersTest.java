package dev.diptych.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diptych.core.contract.EmptyCopy;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.read.late.LateOrder;
import dev.diptych.core.orders.read.late.LateOrders;
import dev.diptych.core.orders.read.late.LateOrdersProjection;
import dev.diptych.core.orders.read.late.ListLateOrders;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.InBatches;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import dev.diptych.store.memory.orders.MemoryLateOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LateOrdersTest {

    private static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = TUESDAY.plus(Duration.ofDays(1));
    private static final Money TOTAL = Money.of("15");
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));

    private static final String HISTORY = "a7f3c15b20e9";

    private final MemoryLateOrders rows = new MemoryLateOrders(HISTORY);
    private final LateOrders view = rows;

    private static OrderEvent placed(String id) {
        return new OrderPlaced(id, "c-" + id, ITEMS, TOTAL, MONDAY);
    }

    private static OrderEvent paid(String id, Instant at) {
        return new OrderPaid(id, "c-" + id, TOTAL, at);
    }

    private static OrderEvent shipped(String id) {
        return new OrderShipped(id, "c-" + id, WEDNESDAY);
    }

    private static OrderEvent cancelled(String id) {
        return new OrderCancelled(id, "c-" + id, ITEMS, TOTAL, "moved", WEDNESDAY);
    }

    /** Applies events behind those that are applied already. */
    private void happens(OrderEvent... events) {
        long after = rows.readModel().checkpoint();
        List<PublishedEvent<?>> published = new ArrayList<>();
        for (OrderEvent event : events) {
            published.add(new PublishedEvent<>(event, 1, after + published.size() + 1));
        }
        assertThat(rows.readModel().apply(new Batch(after, published, HISTORY))).isTrue();
    }

    private List<String> lateOn(Instant day) {
        return view.list(new ListLateOrders(day, 200)).value().items().stream()
                .map(LateOrder::orderId)
                .toList();
    }

    @Test
    void a_paid_order_waits_since_it_was_paid() {
        happens(placed("o1"), paid("o1", TUESDAY));
        assertThat(view.list(new ListLateOrders(WEDNESDAY, 10)))
                .isEqualTo(new Answer<>(
                        new Page<>(List.of(new LateOrder("o1", "c-o1", TOTAL, TUESDAY, 2)), false),
                        new Place(HISTORY, 2),
                        1));
    }

    @Test
    void an_order_that_is_not_paid_waits_for_its_customer_and_is_not_late() {
        happens(placed("o1"));
        assertThat(lateOn(WEDNESDAY)).isEmpty();
    }

    @Test
    void an_order_that_is_shipped_or_cancelled_is_no_longer_late() {
        happens(placed("o1"), paid("o1", MONDAY), placed("o2"), paid("o2", MONDAY), placed("o3"), paid("o3", MONDAY));
        happens(shipped("o1"), cancelled("o3"));
        assertThat(lateOn(WEDNESDAY)).containsExactly("o2");
    }

    @Test
    void an_order_becomes_late_though_nothing_happens() {
        happens(placed("o1"), paid("o1", TUESDAY));
        assertThat(lateOn(MONDAY)).isEmpty();
        assertThat(lateOn(TUESDAY)).as("paid at that very moment").isEmpty();
        assertThat(lateOn(WEDNESDAY)).containsExactly("o1");
    }

    @Test
    void the_one_that_waits_longest_comes_first_and_of_two_paid_at_once_the_smaller_id() {
        happens(placed("o1"), paid("o1", TUESDAY), placed("o3"), paid("o3", MONDAY), placed("o2"), paid("o2", MONDAY));
        assertThat(lateOn(WEDNESDAY)).containsExactly("o2", "o3", "o1");
    }

    @Test
    void no_more_are_shown_than_were_asked_for_and_the_answer_says_that_there_are_more() {
        happens(placed("o1"), paid("o1", MONDAY), placed("o2"), paid("o2", TUESDAY));
        Page<LateOrder> first = view.list(new ListLateOrders(WEDNESDAY, 1)).value();
        assertThat(first.items()).extracting(LateOrder::orderId).containsExactly("o1");
        assertThat(first.more()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new ListLateOrders(WEDNESDAY, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ListLateOrders(WEDNESDAY, 201));
    }

    @Test
    void the_view_says_the_same_when_it_is_built_again() {
        OrderEvent[] history = {placed("o1"), paid("o1", MONDAY), placed("o2"), paid("o2", MONDAY), shipped("o1")};
        happens(history);
        EmptyCopy.serve(rows.readModel());
        assertThat(lateOn(WEDNESDAY)).isEmpty();
        happens(history);
        assertThat(lateOn(WEDNESDAY)).containsExactly("o2");
    }

    @Test
    void the_rows_are_the_same_however_the_events_are_cut_into_batches() {
        List<List<OrderEvent>> lives = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String id = "o" + i;
            List<OrderEvent> life = List.of(placed(id), paid(id, MONDAY), i % 2 == 0 ? shipped(id) : cancelled(id));
            lives.add(life.subList(0, 1 + i % 3));
        }
        List<PublishedEvent<?>> history = InBatches.interleaved(lives, new Random(1));
        assertThat(InBatches.sameRowsForAnyBatches(new LateOrdersProjection(), history, 1))
                .hasSize(13);
    }

    @Test
    void whoever_asks_can_wait_for_a_write_as_with_every_other_view() {
        assertThat(new LateOrdersProjection().name()).isEqualTo("late-orders");
        assertThat(new ListLateOrders(MONDAY, 1).projection()).isEqualTo("late-orders");
        assertThat(rows.readModel().projection()).isEqualTo("late-orders");
    }
}
