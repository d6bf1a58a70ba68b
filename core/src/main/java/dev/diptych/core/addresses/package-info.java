/**
 * The addresses of customers: a context without CQRS. There is one table, of which the rows are read, replaced and
 * deleted; no events, no aggregate, no projection. What is deleted is gone, so personal data belongs here.
 */
@NullMarked
package dev.diptych.core.addresses;

import org.jspecify.annotations.NullMarked;
