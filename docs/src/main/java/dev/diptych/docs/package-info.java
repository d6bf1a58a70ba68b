/** The tests of this module keep the pages beside it true. There is no code to use. */
@NullMarked
package dev.diptych.docs;

import org.jspecify.annotations.NullMarked;
