import { send } from "../lib/http.js";
import { signal } from "../lib/signal.js";
import { follow } from "../lib/sse.js";
import * as ledger from "./ledger.js";
import { way } from "./way.js";

const LIMIT = 12;

/** Which orders the list shows: { customer_id, status }, empty for all; and how many pages of them. */
export const filter = signal({ customer_id: "", status: "" });

/** How the list is connected: "asked" when it asks, else the state of the stream. */
export const connection = signal("asked");

/** Whether there are more orders than the list shows. */
export const more = signal(false);

let pages = 1;
let stream = null;
let asked = 0;
let shown = 0;

/** Keeps the list as the desk's way has it, whenever the way or the filter changes. */
export function start() {
  way.follow(restart);
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

/** Asks for the list, and shows it; with a token, not before it shows the write. */
export async function refresh({ token, quiet = false } = {}) {
  const mine = ++asked;
  const answer = await send("GET", path(), {
    quiet,
    headers: token ? { "Consistency-Token": token, Prefer: "wait=2" } : {},
  });
  if (answer.ok && mine > shown) { // an answer that was overtaken by a later one is old
    shown = mine;
    ledger.showAll(answer.json.items, answer.headers.get("Store-History"));
    more.set(answer.json.next_cursor !== null);
  }
  return answer;
}

async function restart() {
  stream?.stop();
  stream = null;
  if (way.get() === "subscription") {
    subscribe();
  } else {
    connection.set("asked");
    await refresh({ quiet: true });
  }
}

function subscribe() {
  const mine = follow(path(), (event) => mine === stream && take(event));
  stream = mine;
  mine.state.follow((state) => mine === stream && connection.set(state), { atOnce: true });
  refresh({ quiet: true }); // whether there are more, which a stream does not say
}

function take({ event, data, history }) {
  if (event === "reset") {
    ledger.begin(history);
  } else if (event === "row") {
    ledger.show(JSON.parse(data), history);
  } else if (event === "gone") {
    ledger.gone(JSON.parse(data).order_id);
  }
}

function path() {
  const parameters = new URLSearchParams(Object.entries(filter.get()).filter(([, value]) => value !== ""));
  parameters.set("limit", String(Math.min(LIMIT * pages, 200)));
  return `/orders?${parameters}`;
}
