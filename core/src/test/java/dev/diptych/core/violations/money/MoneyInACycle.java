package dev.diptych.core.violations.money;

import dev.diptych.core.violations.command.BusInACycle;

/** Planted: the second half of a cycle. */
public final class MoneyInACycle {
    BusInACycle bus;
}
