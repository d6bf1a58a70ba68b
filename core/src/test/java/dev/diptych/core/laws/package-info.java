/** Laws that hold for every projection and every automation of the kit, on every store, however events are applied. */
package dev.diptych.core.laws;
