package dev.diptych.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.automation.events.AutomationEvent.ItemDismissed;
import dev.diptych.core.automation.events.AutomationEvent.ItemParked;
import dev.diptych.core.automation.events.AutomationEvent.ItemRetried;
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
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import dev.diptych.core.subscriptions.events.SubscriptionStartedV1;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact stored form of each event: a change here is a change to stored data. */
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
                        1,
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"items\":" + ITEMS_JSON
                                + ",\"total\":\"15.00\",\"placed_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new OrderPaid("o1", "c1", Money.of("15"), T),
                        "order-paid",
                        1,
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"amount\":\"15.00\","
                                + "\"paid_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new OrderShipped("o1", "c1", T),
                        "order-shipped",
                        1,
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"shipped_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new OrderCancelled("o1", "c1", ITEMS, Money.of("15"), "lost", T),
                        "order-cancelled",
                        1,
                        "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"items\":" + ITEMS_JSON
                                + ",\"total\":\"15.00\",\"reason\":\"lost\","
                                + "\"cancelled_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new SubscriptionStarted("s1", "c1", "basic", Money.of("9.9"), T),
                        "subscription-started",
                        2,
                        "{\"subscription_id\":\"s1\",\"customer_id\":\"c1\",\"plan\":\"basic\","
                                + "\"monthly_price\":\"9.90\",\"started_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new SubscriptionPlanChanged("s1", "c1", "large", Money.of("19"), T),
                        "subscription-plan-changed",
                        1,
                        "{\"subscription_id\":\"s1\",\"customer_id\":\"c1\",\"plan\":\"large\","
                                + "\"monthly_price\":\"19.00\",\"changed_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new SubscriptionRenewed("s1", "c1", "large", Money.of("19"), 2, T),
                        "subscription-renewed",
                        1,
                        "{\"subscription_id\":\"s1\",\"customer_id\":\"c1\",\"plan\":\"large\","
                                + "\"monthly_price\":\"19.00\",\"month\":2,"
                                + "\"renewed_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new SubscriptionCancelled("s1", "c1", "too dear", T),
                        "subscription-cancelled",
                        1,
                        "{\"subscription_id\":\"s1\",\"customer_id\":\"c1\",\"reason\":\"too dear\","
                                + "\"cancelled_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new ItemParked("a", "k", 7, "why", T),
                        "automation-item-parked",
                        1,
                        "{\"automation\":\"a\",\"key\":\"k\",\"opened\":7,\"reason\":\"why\","
                                + "\"parked_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new ItemRetried("a", "k", 7, T),
                        "automation-item-retried",
                        1,
                        "{\"automation\":\"a\",\"key\":\"k\",\"opened\":7,\"retried_at\":\"2026-01-01T10:00:00Z\"}"),
                Arguments.of(
                        new ItemDismissed("a", "k", 7, T),
                        "automation-item-dismissed",
                        1,
                        "{\"automation\":\"a\",\"key\":\"k\",\"opened\":7,"
                                + "\"dismissed_at\":\"2026-01-01T10:00:00Z\"}"));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void an_event_is_stored_under_its_name_and_read_back(Object event, String name, int version, String json) {
        assertThat(codec.encode(event, Map.of("by", "me")))
                .isEqualTo(new NewEvent(name, version, json, "{\"by\":\"me\"}"));
        assertThat(codec.decode(recorded(name, version, json))).isEqualTo(event);
    }

    @Test
    void metadata_is_read_back_without_what_is_no_text() {
        String stored = codec.encode(new OrderShipped("o1", "c1", T), Map.of("by", "me"))
                .metadata();
        assertThat(StoredEvents.codec().metadata(stored)).isEqualTo(Map.of("by", "me"));
        assertThat(StoredEvents.codec().metadata("{\"by\":\"me\",\"times\":2}")).isEqualTo(Map.of("by", "me"));
        assertThat(StoredEvents.codec().metadata("[]")).isEmpty();
        assertThat(StoredEvents.codec().metadata("{")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1990,19.90", "0,0.00", "1,0.01", "100000000,1000000.00"})
    void a_subscription_stored_with_a_price_in_cents_is_read_in_the_current_form(String cents, String price) {
        assertThat(codec.decode(recorded("subscription-started", 1, startedInCents(cents))))
                .isEqualTo(new SubscriptionStarted("s1", "c1", "basic", Money.of(price), T));
    }

    @ParameterizedTest
    @ValueSource(strings = {"19.90", "1990.0", "\"1990\"", "null", "true", "9223372036854775808"})
    void cents_must_be_a_whole_number(String cents) {
        assertThatThrownBy(() -> codec.decode(recorded("subscription-started", 1, startedInCents(cents))))
                .isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void a_price_in_cents_is_neither_written_nor_read_in_the_current_version() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(new SubscriptionStartedV1("s1", "c1", "basic", 1990, T), Map.of()));
        assertThatThrownBy(() -> codec.decode(recorded("subscription-started", 2, startedInCents("1990"))))
                .isInstanceOf(UnreadableEventException.class);
    }

    private static String startedInCents(String cents) {
        return "{\"subscription_id\":\"s1\",\"customer_id\":\"c1\",\"plan\":\"basic\",\"monthly_price_cents\":" + cents
                + ",\"started_at\":\"2026-01-01T10:00:00Z\"}";
    }

    @Test
    void an_unknown_name_or_version_is_refused() {
        assertThatThrownBy(() -> codec.decode(recorded("order-lost", 1, "{}")))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("Event order-lost (schema version 1) at position 9, version 3 of stream order-o1: "
                        + "this name and schema version are not registered");
        assertThatThrownBy(() -> codec.decode(recorded("order-paid", 2, "{}")))
                .isInstanceOf(UnreadableEventException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> codec.encode("not an event", Map.of()));
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
                "{\"order_id\":\"o1\",\"order_id\":\"o1\",\"customer_id\":\"c1\","
                        + "\"shipped_at\":\"2026-01-01T10:00:00Z\"}",
                "{\"order_id\":\"o1\",\"customer_id\":\"c1\",\"shipped_at\":\"2026-01-01T10:00:00Z\"} {}",
                "[]"
            })
    void a_payload_of_another_shape_is_refused(String json) {
        assertThatThrownBy(() -> codec.decode(recorded("order-shipped", 1, json)))
                .isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void a_name_or_a_type_can_be_registered_only_once() {
        var builder = JsonEventCodec.builder().event("a", 1, OrderShipped.class);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.event("b", 1, OrderShipped.class));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.event("a", 1, OrderPaid.class));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.retired("a", 1, OrderPaid.class, event -> event));
    }

    private static RecordedEvent recorded(String name, int version, String json) {
        return new RecordedEvent(9, new StreamName("order-o1"), 3, name, version, json, "{}", T);
    }
}
