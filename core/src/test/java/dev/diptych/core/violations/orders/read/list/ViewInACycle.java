package dev.diptych.core.violations.orders.read.list;

import dev.diptych.core.violations.orders.read.StatusThatUsesAView;

/** Planted: the first half of a cycle between a view and a class that views share. */
public final class ViewInACycle {
    StatusThatUsesAView status;
}
