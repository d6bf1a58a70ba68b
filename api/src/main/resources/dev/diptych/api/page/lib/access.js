import { signal } from "./signal.js";

const KEY = "diptych.tokens";

/** The bearer tokens that this page sends, one for each side; kept until the tab is closed. */
export const tokens = signal(JSON.parse(sessionStorage.getItem(KEY) ?? "{}"));

tokens.follow((now) => sessionStorage.setItem(KEY, JSON.stringify(now)));

/** Returns the side of the API to which a request belongs. */
export function sideOf(method, path) {
  if (/^\/(lab|projections|metrics)/.test(path)) {
    return "ops";
  }
  return method !== "GET" || /^\/customers\/[^/]+\/address$/.test(path) ? "write" : "read";
}

export function authorization(method, path) {
  const token = tokens.get()[sideOf(method, path)];
  return token ? { Authorization: `Bearer ${token}` } : {};
}
