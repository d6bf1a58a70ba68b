/** What can be asked about orders: one row type, one projection and one query for each view. */
@NullMarked
package dev.diptych.core.orders.read;

import org.jspecify.annotations.NullMarked;
