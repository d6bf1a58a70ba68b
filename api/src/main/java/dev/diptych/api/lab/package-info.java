/** Routes that show events and streams, and slow down projections, for learning and demonstration. */
@NullMarked
package dev.diptych.api.lab;

import org.jspecify.annotations.NullMarked;
