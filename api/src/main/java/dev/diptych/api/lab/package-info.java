/** Routes that show what happens on a node and interfere with it, for learning and demonstration. */
@NullMarked
package dev.diptych.api.lab;

import org.jspecify.annotations.NullMarked;
