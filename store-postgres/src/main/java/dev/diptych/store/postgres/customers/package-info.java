/** The read models of customers, in PostgreSQL. Delete this package and its migrations, and the store still works. */
@NullMarked
package dev.diptych.store.postgres.customers;

import org.jspecify.annotations.NullMarked;
