/** The web page, as files: it knows nothing of the application behind it, which it reaches over HTTP like any client. */
@NullMarked
package dev.diptych.api.page;

import org.jspecify.annotations.NullMarked;
