package dev.diptych.core.subscriptions.read;

import dev.diptych.core.projection.Answer;
import java.util.Optional;

/** Where the rows of {@link SubscriptionSummaryProjection} are read. Implementations are safe for use by many threads. */
public interface SubscriptionSummaries {

    /** The row of one subscription; empty when there is none, or none yet. */
    Answer<Optional<SubscriptionSummary>> find(String subscriptionId);
}
