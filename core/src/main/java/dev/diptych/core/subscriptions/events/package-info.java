/** What has happened to subscriptions, and the old shapes in which some of it is stored. */
@NullMarked
package dev.diptych.core.subscriptions.events;

import org.jspecify.annotations.NullMarked;
