/** Access control by side: bearer tokens (RFC 6750), or clients on this machine only. */
@NullMarked
package dev.diptych.api.http.access;

import org.jspecify.annotations.NullMarked;
