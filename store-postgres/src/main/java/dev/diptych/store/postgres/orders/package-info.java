/** The read models of orders in PostgreSQL. The store works without this package and its migrations. */
@NullMarked
package dev.diptych.store.postgres.orders;

import org.jspecify.annotations.NullMarked;
