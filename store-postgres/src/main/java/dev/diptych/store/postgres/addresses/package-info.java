/** The addresses of customers in PostgreSQL. The store works without this package and its migrations. */
@NullMarked
package dev.diptych.store.postgres.addresses;

import org.jspecify.annotations.NullMarked;
