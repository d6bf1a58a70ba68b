/**
 * The ports of the event store and of the projections on PostgreSQL. Everything here is generic: what belongs to a
 * bounded context is in the sub-package named after it, and can be deleted.
 */
@NullMarked
package dev.diptych.store.postgres;

import org.jspecify.annotations.NullMarked;
