import { signal } from "./signal.js";

const KEY = "diptych.tokens";

/** The bearer tokens that this page sends, one for each side; kept as long as the tab is open. */
export const tokens = signal(JSON.parse(sessionStorage.getItem(KEY) ?? "{}"));

tokens.follow((now) => sessionStorage.setItem(KEY, JSON.stringify(now)));

/** Which side of the server answers a request: the one that writes, the one that reads, or the operations. */
export function sideOf(method, path) {
  if (/^\/(lab|projections|metrics)/.test(path)) {
    return "ops";
  }
  return method === "POST" ? "write" : "read";
}

export function authorization(method, path) {
  const token = tokens.get()[sideOf(method, path)];
  return token ? { Authorization: `Bearer ${token}` } : {};
}
