/** The view that lists orders page by page: its row, projection, queries and port. */
@NullMarked
package dev.diptych.core.orders.read.list;

import org.jspecify.annotations.NullMarked;
