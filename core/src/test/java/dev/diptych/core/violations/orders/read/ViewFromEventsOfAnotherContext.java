package dev.diptych.core.violations.orders.read;

import dev.diptych.core.violations.subscriptions.events.SomethingStarted;

/** Planted: a view of one context that is built from the events of another. */
final class ViewFromEventsOfAnotherContext {
    SomethingStarted started;
}
