package dev.diptych.core.violations.orders.read.summary;

import dev.diptych.core.violations.orders.read.list.ViewInACycle;

/** Planted: a view that uses another view. */
final class ViewThatUsesAnother {
    ViewInACycle other;
}
