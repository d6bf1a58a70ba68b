/**
 * The views of customers, over the events of orders and subscriptions. This context has no commands, and therefore
 * neither events nor a write side.
 */
@NullMarked
package dev.diptych.core.customers.read;

import org.jspecify.annotations.NullMarked;
