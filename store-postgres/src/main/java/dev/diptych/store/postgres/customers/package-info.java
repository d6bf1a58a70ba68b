/** The read models of customers in PostgreSQL. The store works without this package and its migrations. */
@NullMarked
package dev.diptych.store.postgres.customers;

import org.jspecify.annotations.NullMarked;
