/** The read models of orders, in memory. Delete this package, and the store still compiles. */
@NullMarked
package dev.diptych.store.memory.orders;

import org.jspecify.annotations.NullMarked;
