package dev.diptych.core.violations.bus;

import dev.diptych.core.violations.money.MoneyInACircle;

/** Planted: one half of a circle. */
public final class BusInACircle {
    MoneyInACircle money;
}
