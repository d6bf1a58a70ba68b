package dev.diptych.core.violations.customers.read.active;

import dev.diptych.core.violations.customers.read.CustomerViewsInOrder;

/** Not a violation: it uses what stands next to the port. */
public final class ViewInOrder {
    CustomerViewsInOrder shared;
}
