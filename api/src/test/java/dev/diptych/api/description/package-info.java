/** Checks the server against the description of the API. */
package dev.diptych.api.description;
