/** The description of the API, which comes before the code. */
@NullMarked
package dev.diptych.api.openapi;

import org.jspecify.annotations.NullMarked;
