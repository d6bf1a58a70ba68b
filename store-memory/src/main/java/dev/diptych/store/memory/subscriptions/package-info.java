/** The views of subscriptions in memory. The rest of the store does not depend on this package. */
@NullMarked
package dev.diptych.store.memory.subscriptions;

import org.jspecify.annotations.NullMarked;
