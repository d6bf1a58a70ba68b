import { signal } from "./signal.js";

/**
 * What the address names behind its #, so that a link, a reload and "back" lead there: { tab, stream, time,
 * tour }. The stream is one such as order-10100; the time is how many of its events have happened, and missing for all;
 * the tour is the number of its step.
 */
export const address = signal(read());

addEventListener("popstate", () => address.set(read()));

function read() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** Changes a part of the address; undefined removes it. Unless it replaces the entry, "back" leads to the old one. */
export function go(changes, { replace = false } = {}) {
  const next = Object.entries({ ...address.get(), ...changes }).filter(([, value]) => value !== undefined);
  const hash = `#${new URLSearchParams(next)}`;
  if (hash !== location.hash) {
    history[replace ? "replaceState" : "pushState"](null, "", hash);
  }
  address.set(read());
}

/** Shows a stream, with all of its events. */
export function openStream(stream) {
  go({ stream, time: undefined });
}

export function isOpen(stream) {
  return address.get().stream === stream;
}
