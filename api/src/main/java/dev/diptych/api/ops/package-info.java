/** The routes for those who run the API. */
@NullMarked
package dev.diptych.api.ops;

import org.jspecify.annotations.NullMarked;
