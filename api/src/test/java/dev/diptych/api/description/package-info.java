/** Holds the server to the description of the API. */
package dev.diptych.api.description;
