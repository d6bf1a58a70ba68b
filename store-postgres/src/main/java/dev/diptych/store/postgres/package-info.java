/** The ports on PostgreSQL. Empty so far. */
@NullMarked
package dev.diptych.store.postgres;

import org.jspecify.annotations.NullMarked;
