/** The commands of orders, and the aggregate that decides on them. */
@NullMarked
package dev.diptych.core.orders.write;

import org.jspecify.annotations.NullMarked;
