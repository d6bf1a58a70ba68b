/** Placeholder for store-postgres. */
@NullMarked
package dev.diptych.store.postgres;

import org.jspecify.annotations.NullMarked;
