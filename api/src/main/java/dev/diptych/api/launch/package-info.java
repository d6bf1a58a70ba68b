/** Starts a node from the command line: parses the options, and assembles the store that they select. */
@NullMarked
package dev.diptych.api.launch;

import org.jspecify.annotations.NullMarked;
