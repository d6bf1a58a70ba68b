package dev.diptych.core.subscriptions.automation;

import dev.diptych.core.automation.Automation;
import dev.diptych.core.automation.Item;
import dev.diptych.core.command.Command;
import dev.diptych.core.subscriptions.automation.DueRenewals.DueRenewal;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import dev.diptych.core.subscriptions.write.Subscription;
import dev.diptych.core.subscriptions.write.SubscriptionCommand.RenewSubscription;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a month of a running subscription has ended, begin the next. A subscription whose months ended while no node ran
 * this is renewed for each of them, one after another. A subscription whose item was dismissed is not renewed any more.
 * Immutable.
 */
public final class DueRenewals implements Automation<SubscriptionEvent, DueRenewal> {

    /** The name of the automation and of its list. */
    public static final String NAME = "due-renewals";

    /**
     * A month to begin.
     *
     * @param month its number
     * @param startedAt when the subscription was started
     */
    public record DueRenewal(int month, Instant startedAt) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<SubscriptionEvent> eventType() {
        return SubscriptionEvent.class;
    }

    @Override
    public boolean concerns(String category) {
        return category.equals(SubscriptionEvent.CATEGORY);
    }

    @Override
    public Set<String> keysOf(SubscriptionEvent event) {
        return Set.of(event.subscriptionId());
    }

    @Override
    public @Nullable Task<DueRenewal> evolve(String key, @Nullable Task<DueRenewal> open, SubscriptionEvent event) {
        return switch (event) {
            case SubscriptionStarted e -> task(key, 2, e.startedAt());
            case SubscriptionPlanChanged e -> open;
            case SubscriptionRenewed e ->
                open == null ? null : task(key, e.month() + 1, open.what().startedAt());
            case SubscriptionCancelled e -> null;
        };
    }

    private static Task<DueRenewal> task(String subscriptionId, int month, Instant startedAt) {
        return new Task<>(
                SubscriptionEvent.CATEGORY + "-" + subscriptionId,
                Subscription.beginOfMonth(startedAt, month),
                new DueRenewal(month, startedAt));
    }

    @Override
    public Command command(Item<DueRenewal> item, Instant now) {
        return new RenewSubscription(item.key(), item.task().what().month(), now);
    }
}
