import { recorded } from "../traces.js";
import { exchanges, send } from "../lib/http.js";
import { signal } from "../lib/signal.js";

const PAUSE = 500;
const LONG_PAUSE = 3_000;
const KEPT = 200;
const PAGE = 200;

/** The state of the lab routes: "unknown", "on", "off" (no --lab), "unauthorized" (no token) or "unreachable". */
export const lab = signal("unknown");

/** The last events, newest first. */
export const events = signal([]);

/** The projections and their progress. */
export const projections = signal([]);

/** The delay of each projection before each event, in milliseconds, by name. */
export const delays = signal({});

let through = null;
let timer = 0;
let polling = false;

/** Polls twice a second, and after every command; not while the page is hidden. */
export function start() {
  exchanges.follow((exchange) => exchange?.method === "POST" && exchange.response && poll());
  document.addEventListener("visibilitychange", poll);
  poll();
}

export async function poll() {
  clearTimeout(timer);
  if (!polling && !document.hidden) {
    polling = true;
    await Promise.all([pollEvents(), pollProjections()]);
    polling = false;
  }
  timer = setTimeout(poll, lab.get() === "on" ? PAUSE : LONG_PAUSE);
}

async function pollEvents() {
  if (through === null) {
    const first = await send("GET", "/lab/events?limit=1", { quiet: true });
    if (!updateState(first)) {
      return;
    }
    through = Math.max(0, first.json.head - KEPT);
  }
  const response = await send("GET", `/lab/events?after=${through}&limit=${PAGE}`, { quiet: true });
  if (!updateState(response)) {
    return;
  }
  if (response.json.head < through) {
    // events were lost: start again
    through = null;
    events.set([]);
  } else {
    through = response.json.through;
    add(response.json.items);
  }
}

function add(items) {
  if (items.length > 0) {
    events.set([...items].reverse().concat(events.get()).slice(0, KEPT));
    items.forEach(recorded);
  }
}

async function pollProjections() {
  const responses = await Promise.all([
    send("GET", "/projections", { quiet: true }),
    send("GET", "/lab/projections", { quiet: true }),
  ]);
  if (responses[1].ok) {
    delays.set(Object.fromEntries(responses[1].json.items.map(({ name, delay_ms: delay }) => [name, delay])));
  }
  if (responses[0].ok) {
    projections.set(responses[0].json.items);
  }
}

function updateState(response) {
  const now = response.ok
    ? "on"
    : ({ 404: "off", 401: "unauthorized", 403: "unauthorized", 0: "unreachable" }[response.status] ?? "unreachable");
  if (now !== lab.get()) {
    lab.set(now);
  }
  return response.ok;
}
