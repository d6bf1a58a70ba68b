/**
 * What can be asked about customers: a view over the events of orders and of subscriptions. There is nothing to decide
 * about a customer, so this context has neither events nor a write side of its own.
 */
@NullMarked
package dev.diptych.core.customers.read;

import org.jspecify.annotations.NullMarked;
