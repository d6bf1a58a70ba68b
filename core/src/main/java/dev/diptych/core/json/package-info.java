/** Events to stored name and JSON text, and back: the one package of core that knows Jackson. */
@NullMarked
package dev.diptych.core.json;

import org.jspecify.annotations.NullMarked;
