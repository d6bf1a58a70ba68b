/**
 * The base of read models: a projection folds published events into rows, and a runner keeps the rows up to date. The
 * log reader of a node reads and decodes each event once for all runners.
 */
@NullMarked
package dev.diptych.core.projection;

import org.jspecify.annotations.NullMarked;
