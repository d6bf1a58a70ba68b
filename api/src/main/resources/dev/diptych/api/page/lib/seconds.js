import { signal } from "./signal.js";

/** The time in milliseconds since the page was opened, once in a second. */
export const seconds = signal(performance.now());

setInterval(() => seconds.set(performance.now()), 1_000);
