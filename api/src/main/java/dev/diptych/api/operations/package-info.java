/** The routes for operators: health, metrics and projections. */
@NullMarked
package dev.diptych.api.operations;

import org.jspecify.annotations.NullMarked;
