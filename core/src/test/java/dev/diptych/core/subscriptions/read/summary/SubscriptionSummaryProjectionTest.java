package dev.diptych.core.subscriptions.read.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.money.Money;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.InBatches;
import dev.diptych.core.projection.PoisonedEventException;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionCancelled;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionPlanChanged;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionRenewed;
import dev.diptych.core.subscriptions.events.SubscriptionEvent.SubscriptionStarted;
import dev.diptych.core.subscriptions.read.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds the events of a subscription into its row, without a store. */
class SubscriptionSummaryProjectionTest {

    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final Money PRICE = Money.of("9.90");
    private static final Money HIGHER = Money.of("19.90");
    private static final SubscriptionEvent STARTED = new SubscriptionStarted("s1", "c1", "basic", PRICE, T0);
    private static final SubscriptionEvent CHANGED = new SubscriptionPlanChanged("s1", "c1", "large", HIGHER, T1);
    private static final SubscriptionEvent RENEWED = new SubscriptionRenewed("s1", "c1", "large", HIGHER, 2, T1);
    private static final SubscriptionEvent CANCELLED = new SubscriptionCancelled("s1", "c1", "too dear", T1);

    @Test
    void a_summary_follows_its_subscription() {
        assertThat(summary(STARTED)).isEqualTo(expected("basic", PRICE, SubscriptionStatus.RUNNING, 1));
        assertThat(summary(STARTED, CHANGED)).isEqualTo(expected("large", HIGHER, SubscriptionStatus.RUNNING, 2));
        assertThat(summary(STARTED, CANCELLED)).isEqualTo(expected("basic", PRICE, SubscriptionStatus.CANCELLED, 2));
        assertThat(summary(STARTED, CHANGED, RENEWED))
                .isEqualTo(expected("large", HIGHER, SubscriptionStatus.RUNNING, 3));
        assertThat(summary(STARTED, CHANGED, CANCELLED))
                .isEqualTo(expected("large", HIGHER, SubscriptionStatus.CANCELLED, 3));
    }

    @Test
    void a_start_stored_with_a_price_in_cents_creates_the_same_row() {
        String inCents = "{\"subscription_id\":\"s1\",\"customer_id\":\"c1\",\"plan\":\"basic\","
                + "\"monthly_price_cents\":990,\"started_at\":\"2026-01-01T10:00:00Z\"}";
        Object decoded = StoredEvents.codec()
                .decode(new RecordedEvent(
                        10, new StreamName("subscription-s1"), 1, "subscription-started", 1, inCents, "{}", T0));
        assertThat(rows(decoded).get("s1")).contains(expected("basic", PRICE, SubscriptionStatus.RUNNING, 1));
    }

    @Test
    void an_event_of_a_subscription_without_a_row_is_poisoned() {
        for (SubscriptionEvent event : List.of(CHANGED, CANCELLED)) {
            assertThatThrownBy(() -> rows(event))
                    .isInstanceOf(PoisonedEventException.class)
                    .hasMessageContaining(event.getClass().getSimpleName() + " at position 10")
                    .hasMessageContaining("The subscription has no row, although an earlier event created one");
        }
    }

    @Test
    void the_projection_name_is_stable_and_the_key_is_in_the_event() {
        assertThat(new SubscriptionSummaryProjection().name()).isEqualTo("subscription-summaries");
        for (SubscriptionEvent event : List.of(STARTED, CHANGED, CANCELLED)) {
            assertThat(new SubscriptionSummaryProjection().keysOf(event)).containsExactly("s1");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void any_batch_sizes_give_the_same_rows(long seed) {
        var random = new Random(seed);
        List<List<SubscriptionEvent>> streams = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            streams.add(stream("s" + i, random));
        }
        var rows = InBatches.sameRowsForAnyBatches(
                new SubscriptionSummaryProjection(), InBatches.interleaved(streams, random), seed);
        for (List<SubscriptionEvent> stream : streams) {
            SubscriptionSummary row = rows.get(stream.getFirst().subscriptionId());
            assertThat(row.version()).isEqualTo(stream.size());
            assertThat(row.status() == SubscriptionStatus.CANCELLED)
                    .isEqualTo(stream.getLast() instanceof SubscriptionCancelled);
        }
    }

    private static List<SubscriptionEvent> stream(String id, Random random) {
        List<SubscriptionEvent> stream = new ArrayList<>();
        stream.add(new SubscriptionStarted(id, "c", "plan", PRICE, T0));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            stream.add(new SubscriptionPlanChanged(id, "c", "plan " + changes, HIGHER, T1));
        }
        if (random.nextBoolean()) {
            stream.add(new SubscriptionCancelled(id, "c", "why", T1));
        }
        return stream;
    }

    private static SubscriptionSummary expected(String plan, Money price, SubscriptionStatus status, int version) {
        return new SubscriptionSummary("s1", "c1", plan, price, status, T0, version, 10L * version);
    }

    private static SubscriptionSummary summary(SubscriptionEvent... events) {
        Map<String, Optional<SubscriptionSummary>> rows = rows((Object[]) events);
        assertThat(rows).containsOnlyKeys("s1");
        return rows.get("s1").orElseThrow();
    }

    private static Map<String, Optional<SubscriptionSummary>> rows(Object... events) {
        List<PublishedEvent<?>> published = new ArrayList<>();
        for (Object event : events) {
            published.add(new PublishedEvent<>(event, published.size() + 1, 10L * (published.size() + 1)));
        }
        return new Batch(0, published, "h").fold(new SubscriptionSummaryProjection(), keys -> Map.of());
    }
}
