package dev.diptych.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stored form of each event, word by word: a change here is a change to data that has been stored. */
class StoredEventsTest {

    private static final Instant T = Instant.parse("2026-01-01T10:00:00Z");
    private static final List<OrderItem> ITEMS = List.of(new OrderItem("lamp", 2, Money.of("7.50")));
    private static final String ITEMS_JSON = "[{\"sku\":\"lamp\",\"quantity\":2,\"unit_price\":\"7.50\"}]";
    private final EventCodec codec = StoredEvents.codec();

    static Stream<Arguments> stored() {
        return Stream.of(
                Arguments.of(
                        new OrderPlaced("o1", "c1", ITEMS, Money.of("15"), T),
                        "order-placed",
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"items\":" + ITEMS_JSON
                                + ",\"total\":\"15.00\",\"placed_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new OrderPaid("o1", "c1", Money.of("15"), T),
                        "order-paid",
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"amount\":\"15.00\","
                                + "\"paid_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new OrderShipped("o1", "c1", T),
                        "order-shipped",
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"shipped_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new OrderCancelled("o1", "c1", ITEMS, Money.of("15"), "lost", T),
                        "order-cancelled",
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"items\":" + ITEMS_JSON
                                + ",\"total\":\"15.00\",\"reason\":\"lost\",\"cancelled_at\":\"2026-01-01T10:00:00Z\"}"));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void an_event_is_stored_under_its_name_and_read_back(Object event, String name, String json) {
        assertThat(codec.encode(event, Map.of("by", "me"))).isEqualTo(new NewEvent(name, 1, json, "{\"by\":\"me\"}"));
        assertThat(codec.decode(recorded(name, 1, json))).isEqualTo(event);
    }

    @Test
    void an_unknown_name_or_version_is_refused() {
        assertThatThrownBy(() -> codec.decode(recorded("order-lost", 1, "{}")))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("Event order-lost (schema version 1) at position 9, version 3 of stream order-o1: "
                        + "no such name and schema version is registered");
        assertThatThrownBy(() -> codec.decode(recorded("order-paid", 2, "{}")))
                .isInstanceOf(UnreadableEventException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> codec.encode("no event", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"order_id\":\"o1\",\"customer_id\":\"c1\"}",
                "{\"order_id\":\"o1\",\"customer_id\":null,\"shipped_at\":\"2026-01-01T10:00:00Z\"}",
                "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"shipped_at\":\"2026-01-01T10:00:00Z\",\"x\":1}",
                "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"shipped_at\":\"yesterday\"}",
                "{\"order_id\":7,\"customer_id\":\"c1\",\"shipped_at\":\"2026-01-01T10:00:00Z\"}",
                "{\"order_id\":\"o1\",\"order_id\":\"o1\",\"customer_id\":\"c1\",\"shipped_at\":\"2026-01-01T10:00:00Z\"}",
                "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"shipped_at\":\"2026-01-01T10:00:00Z\"} {}",
                "[]"
            })
    void a_payload_of_another_shape_is_refused(String json) {
        assertThatThrownBy(() -> codec.decode(recorded("order-shipped", 1, json)))
                .isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void a_name_or_a_type_is_registered_once() {
        var builder = JsonEventCodec.builder().event("a", 1, OrderShipped.class);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.event("b", 1, OrderShipped.class));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.event("a", 1, OrderPaid.class));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.retired("a", 1, OrderPaid.class, event -> event));
    }

    private static RecordedEvent recorded(String name, int version, String json) {
        return new RecordedEvent(9, new StreamName("order-o1"), 3, name, version, json, "{}", T);
    }
}
