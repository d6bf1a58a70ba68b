/** The view of one order: its row, projection, queries and port. */
@NullMarked
package dev.diptych.core.orders.read.summary;

import org.jspecify.annotations.NullMarked;
