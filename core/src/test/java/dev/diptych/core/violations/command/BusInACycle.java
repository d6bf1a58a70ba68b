package dev.diptych.core.violations.command;

import dev.diptych.core.violations.money.MoneyInACycle;

/** Planted: the first half of a cycle. */
public final class BusInACycle {
    MoneyInACycle money;
}
