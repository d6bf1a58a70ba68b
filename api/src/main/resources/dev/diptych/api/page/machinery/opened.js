import { signal } from "../lib/signal.js";

/** The stream that is open event by event, such as order-10100; empty when none is. */
export const opened = signal("");

export function open(stream) {
  opened.set(stream);
}
