/**
 * The base of the PostgreSQL store: connections, schema versions and wake-ups. {@code events} holds the event store and
 * {@code readmodels} the read models; both are generic. Every other sub-package belongs to the context after which it
 * is named, and can be deleted.
 */
@NullMarked
package dev.diptych.store.postgres;

import org.jspecify.annotations.NullMarked;
