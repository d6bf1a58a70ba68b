package dev.diptych.core;

import dev.diptych.core.automation.events.AutomationEvent.ItemDismissed;
import dev.diptych.core.automation.events.AutomationEvent.ItemParked;
import dev.diptych.core.automation.events.AutomationEvent.ItemRetried;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderCancelled;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import dev.diptych.core.orders.events.OrderEvent.OrderPlaced;
import dev.diptych.core.orders.events.OrderEvent.OrderShipped;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import dev.diptych.core.subscriptions.events.SubscriptionStartedV1;

/**
 * Registers every stored event with its name and schema version. All stored data depends on these lines: a line may be
 * added or retired, but never removed.
 */
public final class StoredEvents {

    private StoredEvents() {}

    /** Returns a codec for all events. */
    public static JsonEventCodec codec() {
        return JsonEventCodec.builder()
                .scalar(Money.class, Money::of)
                .event("order-placed", 1, OrderPlaced.class)
                .event("order-paid", 1, OrderPaid.class)
                .event("order-shipped", 1, OrderShipped.class)
                .event("order-cancelled", 1, OrderCancelled.class)
                .retired("subscription-started", 1, SubscriptionStartedV1.class, SubscriptionStartedV1::upcast)
                .event("subscription-started", 2, SubscriptionStarted.class)
                .event("subscription-plan-changed", 1, SubscriptionPlanChanged.class)
                .event("subscription-renewed", 1, SubscriptionRenewed.class)
                .event("subscription-cancelled", 1, SubscriptionCancelled.class)
                .event("automation-item-parked", 1, ItemParked.class)
                .event("automation-item-retried", 1, ItemRetried.class)
                .event("automation-item-dismissed", 1, ItemDismissed.class)
                .build();
    }
}
