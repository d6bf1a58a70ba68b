import { recorded } from "../hinge.js";
import { exchanges, send } from "../lib/http.js";
import { signal } from "../lib/signal.js";

const PAUSE = 500;
const LONG_PAUSE = 3_000;
const KEPT = 200;
const PAGE = 200;

/** Whether the machinery can be seen: "unknown", "on", "off" (no --lab), "refused" (no token), "away" (no server). */
export const lab = signal("unknown");

/** The last events, the newest first. */
export const events = signal([]);

/** How the projections are doing, and how far the store is. */
export const projections = signal([]);

/** By the name of a projection, for how many milliseconds the lab holds it at each event. */
export const delays = signal({});

let through = null;
let timer = 0;
let looking = false;

/** Looks twice a second, and at once when a command has been answered; not while nobody looks at the page. */
export function start() {
  exchanges.follow((exchange) => exchange?.method === "POST" && exchange.answer && look());
  document.addEventListener("visibilitychange", look);
  look();
}

export async function look() {
  clearTimeout(timer);
  if (!looking && !document.hidden) {
    looking = true;
    await Promise.all([lookAtEvents(), lookAtProjections()]);
    looking = false;
  }
  timer = setTimeout(look, lab.get() === "on" ? PAUSE : LONG_PAUSE);
}

async function lookAtEvents() {
  if (through === null) {
    const first = await send("GET", "/lab/events?limit=1", { quiet: true });
    if (!judge(first)) {
      return;
    }
    through = Math.max(0, first.json.head - KEPT);
  }
  const answer = await send("GET", `/lab/events?after=${through}&limit=${PAGE}`, { quiet: true });
  if (!judge(answer)) {
    return;
  }
  if (answer.json.head < through) { // events have been lost: begin again
    through = null;
    events.set([]);
  } else {
    through = answer.json.through;
    take(answer.json.items);
  }
}

function take(items) {
  if (items.length > 0) {
    events.set([...items].reverse().concat(events.get()).slice(0, KEPT));
    items.forEach(recorded);
  }
}

async function lookAtProjections() {
  const answers = await Promise.all([
    send("GET", "/projections", { quiet: true }),
    send("GET", "/lab/projections", { quiet: true }),
  ]);
  if (answers[1].ok) {
    delays.set(Object.fromEntries(answers[1].json.items.map(({ name, delay_ms: delay }) => [name, delay])));
  }
  if (answers[0].ok) {
    projections.set(answers[0].json.items);
  }
}

function judge(answer) {
  const now = answer.ok ? "on" : { 404: "off", 401: "refused", 403: "refused", 0: "away" }[answer.status] ?? "away";
  if (now !== lab.get()) {
    lab.set(now);
  }
  return answer.ok;
}
