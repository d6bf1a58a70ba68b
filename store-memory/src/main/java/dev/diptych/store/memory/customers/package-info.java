/** The views of customers in memory. The rest of the store does not depend on this package. */
@NullMarked
package dev.diptych.store.memory.customers;

import org.jspecify.annotations.NullMarked;
