package dev.diptych.core.violations.orders.read;

import dev.diptych.core.violations.subscriptions.events.SomethingStarted;

/** Planted: a view of one context over the events of another. */
final class ViewOverTheEventsOfAnother {
    SomethingStarted started;
}
