package dev.diptych.core.violations.customers.read;

import dev.diptych.core.query.Views;
import dev.diptych.core.violations.customers.read.active.ViewInOrder;

/** Not a violation: the port of a context lists its views, which may use classes of the port's package. */
public interface CustomerViewsInOrder extends Views {
    /** One of them. */
    ViewInOrder view();
}
