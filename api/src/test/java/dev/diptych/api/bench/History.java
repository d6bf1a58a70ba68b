package dev.diptych.api.bench;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.orders.events.OrderItem;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Generates the events of a shop: orders of one to four of 500 products, by 20,000 customers. Nearly all are paid
 * within about fifty events, and shipped some thousands of events later; one in ten is cancelled. One in ten new
 * streams is a subscription. Deterministic. Not thread-safe.
 */
final class History {

    private static final EventCodec CODEC = StoredEvents.codec();
    private static final Map<String, String> METADATA = Map.of(
            "command", "PlaceOrder",
            "correlation_id", "0f8fad5b-d9cb-469f-a165-70867728950e",
            "causation_id", "7c9e6679-7425-40de-944b-e07fc1f90ae7");

    private final Random random = new Random(1);
    private final PriorityQueue<Step> ahead = new PriorityQueue<>(Comparator.comparingLong(Step::due));
    private long number;
    private int begun;

    /** An event of a stream. */
    record Entry(String stream, long version, NewEvent event) {}

    /** An event that is due after a number of others. */
    private record Step(long due, String stream, long version, Object event) {}

    /** The next events. */
    List<Entry> next(int count) {
        List<Entry> entries = new ArrayList<>(count);
        while (entries.size() < count) {
            number++;
            if (ahead.isEmpty() || ahead.peek().due() > number) {
                begin();
            }
            Step step = ahead.remove();
            entries.add(new Entry(step.stream(), step.version(), CODEC.encode(step.event(), METADATA)));
        }
        return entries;
    }

    private void begin() {
        begun++;
        String customer = "c-" + random.nextInt(20_000);
        if (random.nextInt(10) == 0) {
            subscription("s-" + begun, customer);
        } else {
            order("o-" + begun, customer);
        }
    }

    private void order(String id, String customer) {
        List<OrderItem> items = items();
        Money total = items.stream().map(OrderItem::price).reduce(Money.ZERO, Money::plus);
        String stream = "order-" + id;
        long paid = number + 1 + random.nextInt(100);
        long ended = paid + 1 + random.nextInt(8_000);
        ahead.add(new Step(number, stream, 1, new OrderPlaced(id, customer, items, total, at(number))));
        ahead.add(new Step(paid, stream, 2, new OrderPaid(id, customer, total, at(paid))));
        ahead.add(new Step(
                ended,
                stream,
                3,
                random.nextInt(10) == 0
                        ? new OrderCancelled(id, customer, items, total, "changed my mind", at(ended))
                        : new OrderShipped(id, customer, at(ended))));
    }

    private List<OrderItem> items() {
        int first = random.nextInt(500);
        List<OrderItem> items = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            items.add(new OrderItem(
                    "sku-" + (first + i * 7) % 500,
                    1 + random.nextInt(3),
                    Money.of(1 + random.nextInt(90) + "." + (10 + random.nextInt(90)))));
        }
        return items;
    }

    private void subscription(String id, String customer) {
        String stream = "subscription-" + id;
        long changed = number + 1 + random.nextInt(10_000);
        long ended = changed + 1 + random.nextInt(10_000);
        ahead.add(new Step(
                number, stream, 1, new SubscriptionStarted(id, customer, "Catalogue", Money.of("19.90"), at(number))));
        ahead.add(new Step(
                changed,
                stream,
                2,
                new SubscriptionPlanChanged(id, customer, "Catalogue and more", Money.of("29.90"), at(changed))));
        ahead.add(new Step(ended, stream, 3, new SubscriptionCancelled(id, customer, "too dear", at(ended))));
    }

    private static Instant at(long number) {
        return Instant.parse("2026-01-01T10:00:00Z").plusMillis(number * 1_733);
    }
}
