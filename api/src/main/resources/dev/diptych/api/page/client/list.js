import { send } from "../lib/http.js";
import { repeat } from "../lib/repeat.js";
import { signal } from "../lib/signal.js";
import { follow } from "../lib/sse.js";
import * as clientState from "./state.js";
import { strategy } from "./strategy.js";

const LIMIT = 12;
const PAUSE = 1_500;

/** The filter that matches all orders. */
export const ALL = { customer_id: "", status: "" };

/** The filter of the list, { customer_id, status }; an empty value matches all orders. */
export const filter = signal(ALL);

/** How the list stands to its view: "loading", "polled", "connecting", "live", "lost" or "unauthorized". */
export const connection = signal("loading");

/** Whether there are more orders than those shown. */
export const more = signal(false);

let pages = 1;
let stream = null;
let restarts = 0;

/** Whether a row has left a list that has more rows than are shown. */
let incomplete = false;

let sent = 0;
let shown = 0;

/** Loads the list, and again whenever the strategy or the filter changes; polls it unless it is a stream. */
export function start() {
  strategy.follow(restart);
  filter.follow(() => {
    pages = 1;
    clientState.discardRows();
    restart();
  });
  restart();
  setTimeout(
    repeat(poll, () => PAUSE),
    PAUSE,
  );
}

export function showMore() {
  pages += 1;
  restart();
}

/** Queries and shows the list; with a token, waits until the list reflects that write. */
export async function refresh({ token, quiet = false } = {}) {
  const mine = ++sent;
  const response = await send("GET", path(), {
    quiet,
    headers: token ? { "Consistency-Token": token, Prefer: "wait=2" } : {},
  });
  if (mine < shown || stream !== null) {
    return response; // a response that arrives after a later one, or after a stream has begun, is outdated
  }
  if (response.ok) {
    shown = mine;
    clientState.replaceAll(response.json.items, response.headers.get("Store-History"));
    more.set(response.json.next_cursor !== null);
  }
  if (!token && (!response.ok || strategy.get() !== "subscription")) {
    connection.set(stateAfter(response));
  }
  return response;
}

function stateAfter({ ok, status }) {
  return ok ? "polled" : status === 401 || status === 403 ? "unauthorized" : "lost";
}

function poll() {
  if (strategy.get() !== "subscription") {
    return refresh({ quiet: true });
  }
  return stream === null || incomplete ? restart() : null;
}

/** Loads the list; a subscription then follows every change after the position of the response. */
async function restart() {
  stream?.stop();
  stream = null;
  incomplete = false;
  const mine = ++restarts;
  const { ok, headers } = await refresh({ quiet: true });
  if (ok && mine === restarts && strategy.get() === "subscription") {
    subscribe(`${headers.get("Projection-Position")}.${headers.get("Store-History")}`);
  }
}

function subscribe(from) {
  const mine = follow(path(), from, (event) => mine === stream && apply(event));
  stream = mine;
  mine.state.follow((state) => mine === stream && connection.set(state), { immediately: true });
}

function apply({ event, data, history }) {
  if (event === "reset") {
    clientState.enterHistory(history);
    clientState.discardRows();
  } else if (event === "row") {
    clientState.update(JSON.parse(data), history);
    more.set(clientState.keep(limit()) || more.get());
  } else if (event === "gone") {
    clientState.remove(JSON.parse(data).order_id);
    incomplete = more.get();
  }
}

function limit() {
  return Math.min(LIMIT * pages, 200);
}

function path() {
  const parameters = new URLSearchParams(Object.entries(filter.get()).filter(([, value]) => value !== ""));
  parameters.set("limit", String(limit()));
  return `/orders?${parameters}`;
}
