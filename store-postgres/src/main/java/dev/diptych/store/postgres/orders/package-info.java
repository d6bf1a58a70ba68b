/** The read models of orders, in PostgreSQL. Delete this package and its migrations, and the store still works. */
@NullMarked
package dev.diptych.store.postgres.orders;

import org.jspecify.annotations.NullMarked;
