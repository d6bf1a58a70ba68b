/** The read model of customers, in memory. Delete this package, and the store still compiles. */
@NullMarked
package dev.diptych.store.memory.customers;

import org.jspecify.annotations.NullMarked;
