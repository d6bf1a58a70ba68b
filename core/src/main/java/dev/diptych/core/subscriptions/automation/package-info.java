/** The automations of subscriptions, and the port of their to-do lists. */
@NullMarked
package dev.diptych.core.subscriptions.automation;

import org.jspecify.annotations.NullMarked;
