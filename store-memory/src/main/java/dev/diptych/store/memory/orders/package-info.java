/** The views of orders in memory. The rest of the store does not depend on this package. */
@NullMarked
package dev.diptych.store.memory.orders;

import org.jspecify.annotations.NullMarked;
