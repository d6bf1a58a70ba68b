/** The read model of subscriptions, in memory. Delete this package, and the store still compiles. */
@NullMarked
package dev.diptych.store.memory.subscriptions;

import org.jspecify.annotations.NullMarked;
