package dev.diptych.core.violations.money;

import dev.diptych.core.violations.bus.BusInACircle;

/** Planted: the other half of a circle. */
public final class MoneyInACircle {
    BusInACircle bus;
}
