import { recorded } from "../traces.js";
import { exchanges, send } from "../lib/http.js";
import { repeat } from "../lib/repeat.js";
import { signal } from "../lib/signal.js";

const PAUSE = 500;
const LONG_PAUSE = 3_000;
const KEPT = 200;

/** The state of the lab routes: "unknown", "on", "off" (no --lab), "unauthorized" (no token) or "unreachable". */
export const lab = signal("unknown");

/** The last events, newest first. */
export const events = signal([]);

/** The history of the store to which these events belong. */
export const labHistory = signal(null);

/** The projections and their progress, as the server has said last. */
export const projections = signal([]);

/** Whether that is known: "unknown", "on", "unauthorized" or "unreachable". */
export const operations = signal("unknown");

/** The delay of each projection before each event, in milliseconds, by name. */
export const delays = signal({});

let through = null;

/** Polls twice a second, and after every command; not while the page is hidden. */
export const poll = repeat(
  () => Promise.all([pollEvents(), pollProjections()]),
  () => (lab.get() === "on" ? PAUSE : LONG_PAUSE),
);

export function start() {
  exchanges.follow((exchange) => exchange?.method === "POST" && exchange.response && poll());
  poll();
}

/** Skips events of which so many have followed that they are not kept. */
async function pollEvents() {
  const first = through === null;
  const response = await send("GET", `/lab/events?after=${through ?? 0}&limit=${first ? 1 : KEPT}`, { quiet: true });
  setIfChanged(lab, stateAfter(response, response.status === 404 ? "off" : "unreachable"));
  if (!response.ok) {
    return;
  }
  const { history, head, items } = response.json;
  if (history !== labHistory.get()) {
    events.set([]);
    labHistory.set(history);
  } else if (!first && head - response.json.through <= KEPT) {
    through = response.json.through;
    add(items);
    return;
  }
  through = Math.max(0, head - KEPT);
  await pollEvents();
}

function add(items) {
  if (items.length > 0) {
    events.set([...items].reverse().concat(events.get()).slice(0, KEPT));
    items.forEach((event) => recorded(event, labHistory.get()));
  }
}

async function pollProjections() {
  const [progress, slowed] = await Promise.all([
    send("GET", "/projections", { quiet: true }),
    send("GET", "/lab/projections", { quiet: true }),
  ]);
  if (slowed.ok) {
    delays.set(Object.fromEntries(slowed.json.items.map(({ name, delay_ms: delay }) => [name, delay])));
  }
  setIfChanged(operations, stateAfter(progress, "unreachable"));
  if (progress.ok) {
    projections.set(progress.json.items);
  }
}

function stateAfter({ ok, status }, otherwise) {
  return ok ? "on" : status === 401 || status === 403 ? "unauthorized" : otherwise;
}

function setIfChanged(state, now) {
  if (now !== state.get()) {
    state.set(now);
  }
}
