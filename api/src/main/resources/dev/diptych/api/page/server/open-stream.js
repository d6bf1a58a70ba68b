import { signal } from "../lib/signal.js";

/** The name of the stream that is shown, such as order-10100; empty for none. */
export const openStream = signal("");

export function open(stream) {
  openStream.set(stream);
}
