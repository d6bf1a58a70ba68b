package dev.diptych.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an aggregate was after each of its events. */
class ReplayTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final OrderPlaced PLACED =
            new OrderPlaced("o", "c", List.of(new OrderItem("lamp", 1, Money.of("7.50"))), Money.of("7.50"), NOON);

    private final Replay<Order> orders = new Replay<>(Order::new, StoredEvents.codec());

    @Test
    void there_is_a_state_for_each_event() {
        List<Object> states =
                orders.states(List.of(stored(1, PLACED), stored(2, new OrderPaid("o", "c", Money.of("7.50"), NOON))));
        assertThat(states)
                .extracting(Object::toString)
                .satisfiesExactly(
                        first -> assertThat(first).contains("status=PLACED", "customerId=c"),
                        second -> assertThat(second).contains("status=PAID", "customerId=c"));
    }

    @Test
    void each_look_begins_anew() {
        orders.states(List.of(stored(1, PLACED)));
        assertThat(orders.states(List.of())).isEmpty();
        assertThat(orders.states(List.of(stored(1, PLACED)))).hasSize(1);
    }

    @Test
    void from_an_event_on_that_cannot_be_read_no_state_is_known() {
        var unknown = new RecordedEvent(2, StreamName.of("order", "o"), 2, "order-lost", 1, "{}", "{}", NOON);
        OrderEvent paid = new OrderPaid("o", "c", Money.of("7.50"), NOON);
        assertThat(orders.states(List.of(stored(1, PLACED), unknown, stored(3, paid))))
                .hasSize(1);
        assertThat(orders.states(List.of(unknown))).isEmpty();
    }

    private static RecordedEvent stored(long version, OrderEvent event) {
        var encoded = StoredEvents.codec().encode(event, Map.of());
        return new RecordedEvent(
                version,
                StreamName.of("order", "o"),
                version,
                encoded.type(),
                encoded.schemaVersion(),
                encoded.payload(),
                encoded.metadata(),
                NOON);
    }
}
