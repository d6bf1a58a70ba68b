/** For those who want to see the machinery at work, and to hold it up: streams are read here for people, and nowhere else. */
@NullMarked
package dev.diptych.api.lab;

import org.jspecify.annotations.NullMarked;
