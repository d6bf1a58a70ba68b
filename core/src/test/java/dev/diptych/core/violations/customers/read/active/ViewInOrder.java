package dev.diptych.core.violations.customers.read.active;

import dev.diptych.core.violations.customers.read.CustomerViewsInOrder;

/** Not a violation: it uses a class of the port's package. */
public final class ViewInOrder {
    CustomerViewsInOrder shared;
}
