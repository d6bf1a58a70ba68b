import { send } from "../lib/http.js";
import { signal } from "../lib/signal.js";
import { follow } from "../lib/sse.js";
import * as clientState from "./state.js";
import { strategy } from "./strategy.js";

const LIMIT = 12;

/** The filter of the list, { customer_id, status }; an empty value matches all orders. */
export const filter = signal({ customer_id: "", status: "" });

/** The connection of the list: "on-request", or the state of the event stream. */
export const connection = signal("on-request");

/** Whether there are more orders than those shown. */
export const more = signal(false);

let pages = 1;
let stream = null;
let sent = 0;
let shown = 0;

/** Loads the list, and again whenever the strategy or the filter changes. */
export function start() {
  strategy.follow(restart);
  filter.follow(() => {
    pages = 1;
    restart();
  });
  restart();
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
  if (response.ok && mine > shown) {
    // an response that arrives after a later one is outdated
    shown = mine;
    clientState.replaceAll(response.json.items, response.headers.get("Store-History"));
    more.set(response.json.next_cursor !== null);
  }
  return response;
}

async function restart() {
  stream?.stop();
  stream = null;
  if (strategy.get() === "subscription") {
    subscribe();
  } else {
    connection.set("on-request");
    await refresh({ quiet: true });
  }
}

function subscribe() {
  const mine = follow(path(), (event) => mine === stream && apply(event));
  stream = mine;
  mine.state.follow((state) => mine === stream && connection.set(state), { immediately: true });
  refresh({ quiet: true }); // sets `more`, which a stream does not contain
}

function apply({ event, data, history }) {
  if (event === "reset") {
    clientState.enterHistory(history);
  } else if (event === "row") {
    clientState.update(JSON.parse(data), history);
  } else if (event === "gone") {
    clientState.remove(JSON.parse(data).order_id);
  }
}

function path() {
  const parameters = new URLSearchParams(Object.entries(filter.get()).filter(([, value]) => value !== ""));
  parameters.set("limit", String(Math.min(LIMIT * pages, 200)));
  return `/orders?${parameters}`;
}
