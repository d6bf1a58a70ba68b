/**
 * The read models of subscriptions, in PostgreSQL. Delete this package and its migrations, and the store still works.
 */
@NullMarked
package dev.diptych.store.postgres.subscriptions;

import org.jspecify.annotations.NullMarked;
