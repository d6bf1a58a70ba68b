/** The addresses of customers in memory. The store works without this package. */
@NullMarked
package dev.diptych.store.memory.addresses;

import org.jspecify.annotations.NullMarked;
