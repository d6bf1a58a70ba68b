package dev.diptych.api;

import dev.diptych.core.orders.automation.UnpaidOrders;
import dev.diptych.core.renewals.RenewalOrders;
import dev.diptych.core.subscriptions.automation.DueRenewals;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The automations that are on. A node with the role project applies events to their lists, and one with the role
 * automate sends their commands. The list of an automation that is off costs nothing.
 *
 * @param cancelUnpaidAfter the time after which an unpaid order is cancelled; empty to cancel none
 * @param renewSubscriptions whether subscriptions are renewed, with an order for each renewal
 */
public record Automations(Optional<Duration> cancelUnpaidAfter, boolean renewSubscriptions) {

    /** No automation. */
    public static final Automations NONE = new Automations(Optional.empty(), false);

    /** Every automation. */
    public static final Automations ALL = new Automations(Optional.of(Duration.ZERO), true);

    /** The names of the lists, which are those of their projections. */
    public static final Set<String> LISTS = Set.of(UnpaidOrders.NAME, DueRenewals.NAME, RenewalOrders.NAME);

    /** Whether a projection is that of a view, or of the list of an automation that is on. */
    boolean need(String projection) {
        return switch (projection) {
            case UnpaidOrders.NAME -> cancelUnpaidAfter.isPresent();
            case DueRenewals.NAME, RenewalOrders.NAME -> renewSubscriptions;
            default -> true;
        };
    }
}
