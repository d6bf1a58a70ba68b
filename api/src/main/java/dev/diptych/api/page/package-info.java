/** Serves the files of the web page. The page uses the HTTP API like any other client. */
@NullMarked
package dev.diptych.api.page;

import org.jspecify.annotations.NullMarked;
