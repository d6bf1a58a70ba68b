/** The events about items that an automation could not do. */
@NullMarked
package dev.diptych.core.automation.events;

import org.jspecify.annotations.NullMarked;
