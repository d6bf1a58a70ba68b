/** Read models: their tables, checkpoints, leases and queries. Generic: it knows no context. */
@NullMarked
package dev.diptych.store.postgres.readmodels;

import org.jspecify.annotations.NullMarked;
