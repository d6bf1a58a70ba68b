/**
 * Joins subscriptions and orders: an automation over the events of one, with the commands of the other. Neither depends
 * on the other.
 */
@NullMarked
package dev.diptych.core.renewals;

import org.jspecify.annotations.NullMarked;
