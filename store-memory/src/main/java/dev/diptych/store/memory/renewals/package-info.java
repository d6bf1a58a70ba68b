/** The to-do list of renewals in memory. The rest of the store does not depend on this package. */
@NullMarked
package dev.diptych.store.memory.renewals;

import org.jspecify.annotations.NullMarked;
