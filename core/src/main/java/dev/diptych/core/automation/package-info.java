/** Automations: a to-do list is a read model, and a worker sends the commands of its due items. */
@NullMarked
package dev.diptych.core.automation;

import org.jspecify.annotations.NullMarked;
