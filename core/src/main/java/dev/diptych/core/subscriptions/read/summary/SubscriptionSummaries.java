package dev.diptych.core.subscriptions.read.summary;

import dev.diptych.core.query.Answer;
import java.util.Optional;

/** Reads the rows of {@link SubscriptionSummaryProjection}: a port that each store implements. Thread-safe. */
public interface SubscriptionSummaries {

    /** Returns the row of a subscription; empty when the row does not exist, or not yet. */
    Answer<Optional<SubscriptionSummary>> find(String subscriptionId);
}
