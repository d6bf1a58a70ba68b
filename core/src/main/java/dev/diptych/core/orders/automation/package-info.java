/** The automations of orders, and the port of their to-do lists. */
@NullMarked
package dev.diptych.core.orders.automation;

import org.jspecify.annotations.NullMarked;
