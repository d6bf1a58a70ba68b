/** The to-do list of renewals in PostgreSQL. The store works without this package and its migrations. */
@NullMarked
package dev.diptych.store.postgres.renewals;

import org.jspecify.annotations.NullMarked;
