/** The routes of the addresses: a context without CQRS, beside those with it. */
@NullMarked
package dev.diptych.api.addresses;

import org.jspecify.annotations.NullMarked;
