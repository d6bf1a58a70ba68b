/** The view of sales per product: its row, projection, query and port. */
@NullMarked
package dev.diptych.core.orders.read.sales;

import org.jspecify.annotations.NullMarked;
