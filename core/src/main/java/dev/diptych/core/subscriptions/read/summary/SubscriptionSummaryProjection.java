package dev.diptych.core.subscriptions.read.summary;

import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import dev.diptych.core.subscriptions.read.SubscriptionStatus;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row for each subscription, with all details. Immutable. */
public final class SubscriptionSummaryProjection implements Projection<SubscriptionEvent, SubscriptionSummary> {

    /** The name of the read model. */
    public static final String NAME = "subscription-summaries";

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
    public SubscriptionSummary evolve(
            String key, @Nullable SubscriptionSummary row, PublishedEvent<SubscriptionEvent> published) {
        long version = published.version();
        long position = published.position();
        return switch (published.event()) {
            case SubscriptionStarted e ->
                new SubscriptionSummary(
                        e.subscriptionId(),
                        e.customerId(),
                        e.plan(),
                        e.monthlyPrice(),
                        SubscriptionStatus.RUNNING,
                        e.startedAt(),
                        version,
                        position);
            case SubscriptionPlanChanged e -> started(row).under(e.plan(), e.monthlyPrice(), version, position);
            case SubscriptionRenewed e -> started(row).under(e.plan(), e.monthlyPrice(), version, position);
            case SubscriptionCancelled e -> started(row).cancelled(version, position);
        };
    }

    private static SubscriptionSummary started(@Nullable SubscriptionSummary row) {
        return Objects.requireNonNull(row, "The subscription has no row, although an earlier event created one");
    }
}
