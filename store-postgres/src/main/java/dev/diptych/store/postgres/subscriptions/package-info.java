/** The read models of subscriptions in PostgreSQL. The store works without this package and its migrations. */
@NullMarked
package dev.diptych.store.postgres.subscriptions;

import org.jspecify.annotations.NullMarked;
