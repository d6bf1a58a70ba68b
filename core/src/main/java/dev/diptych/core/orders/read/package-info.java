/** The views of orders: a package for each, with its row, its projection, its queries and its port. */
@NullMarked
package dev.diptych.core.orders.read;

import org.jspecify.annotations.NullMarked;
