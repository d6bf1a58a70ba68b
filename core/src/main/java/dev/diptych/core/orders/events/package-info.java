/** The events of orders: the only types that the write side and the read side share. */
@NullMarked
package dev.diptych.core.orders.events;

import org.jspecify.annotations.NullMarked;
