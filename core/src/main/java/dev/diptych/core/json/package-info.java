/** The JSON codec of events: the only package of core that depends on Jackson. */
@NullMarked
package dev.diptych.core.json;

import org.jspecify.annotations.NullMarked;
