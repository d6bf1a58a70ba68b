package dev.diptych.core.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.automation.Automation.Task;
import dev.diptych.core.automation.Item;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.orders.write.OrderCommand.PlaceOrder;
import dev.diptych.core.renewals.RenewalOrders.RenewalOrder;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenewalOrdersTest {

    private static final Instant T = Instant.parse("2026-02-01T10:00:00Z");
    private static final Money PRICE = Money.of("9.90");
    private static final String LONGEST_ID = "s".repeat(64);

    private final RenewalOrders automation = new RenewalOrders();

    private static SubscriptionRenewed renewed(String subscriptionId, int month) {
        return new SubscriptionRenewed(subscriptionId, "c1", "basic", PRICE, month, T);
    }

    private String keyOf(Object event) {
        Set<String> keys = automation.keysOf(event);
        assertThat(keys).hasSize(1);
        return keys.iterator().next();
    }

    @Test
    void each_month_of_each_subscription_has_its_own_order() {
        assertThat(Set.of(
                        keyOf(renewed("s1", 2)),
                        keyOf(renewed("s1", 3)),
                        keyOf(renewed("s", 12)),
                        keyOf(renewed(LONGEST_ID, 2))))
                .hasSize(4)
                .allSatisfy(key -> assertThat(key).matches("renewal-[0-9a-f-]{36}"));
        assertThat(keyOf(renewed("s1", 2))).isEqualTo(keyOf(renewed("s1", 2)));
    }

    @Test
    void the_command_is_the_same_whenever_it_is_sent() {
        String key = keyOf(renewed("s1", 2));
        Task<RenewalOrder> task = automation.evolve(key, null, renewed("s1", 2));
        assertThat(task).isEqualTo(new Task<>("order-" + key, T, new RenewalOrder("c1", PRICE, T)));
        var item = new Item<>(key, task, 7, "{}", Optional.empty(), 7);
        assertThat(automation.command(item, T.plusSeconds(1)))
                .isEqualTo(automation.command(item, T.plusSeconds(99)))
                .isEqualTo(new PlaceOrder(key, "c1", List.of(new OrderItem("subscription", 1, PRICE)), T));
    }

    @Test
    void the_order_ticks_the_item_off_and_other_events_do_not_matter() {
        String key = keyOf(renewed("s1", 2));
        var placed = new OrderPlaced(key, "c1", List.of(new OrderItem("subscription", 1, PRICE)), PRICE, T);
        assertThat(keyOf(placed)).isEqualTo(key);
        assertThat(automation.evolve(key, automation.evolve(key, null, renewed("s1", 2)), placed))
                .isNull();
        assertThat(automation.keysOf(new OrderPlaced("o1", "c1", List.of(), PRICE, T)))
                .isEmpty();
        assertThat(automation.keysOf(new SubscriptionCancelled("s1", "c1", "too dear", T)))
                .isEmpty();
    }
}
