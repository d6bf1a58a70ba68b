package dev.diptych.core.violations.orders.read;

import dev.diptych.core.violations.orders.read.list.ViewInACycle;

/** Planted: the second half of a cycle; a class that views share depends on a view and is not the context's port. */
public final class StatusThatUsesAView {
    ViewInACycle view;
}
