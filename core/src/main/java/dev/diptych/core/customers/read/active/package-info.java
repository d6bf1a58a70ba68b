/**
 * The view of customers with an open order or a running subscription: its row, projection, query and port.
 */
@NullMarked
package dev.diptych.core.customers.read.active;

import org.jspecify.annotations.NullMarked;
