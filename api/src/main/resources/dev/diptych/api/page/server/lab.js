import { recorded } from "../band/traces.js";
import { exchanges, send, unauthorized } from "../lib/http.js";
import { repeat } from "../lib/repeat.js";
import { signal } from "../lib/signal.js";
import { follow } from "../lib/sse.js";

const PAUSE = 3_000;
const KEPT = 200;
const KEPT_REFUSALS = 20;
const CRASH_SHOWN = 6_000;

/** The state of the lab routes: "unknown", "on", "off" (no --lab), "unauthorized" (no token) or "unreachable". */
export const lab = signal("unknown");

/** The last events, newest first. */
export const events = signal([]);

/** The history of the store to which these events belong. */
export const labHistory = signal(null);

/** How far the log is, { head, horizon, held }: what is behind the horizon is not readable yet; null if not known. */
export const horizon = signal(null);

/** The horizon at which the feed has begun, the last time; events up to it have happened before. */
export const begun = signal(0);

/** The last commands that were refused, newest first; each has a `number`. */
export const refusals = signal([]);

/** The automations of this node, with how many items of their to-do lists are open and parked. */
export const automations = signal([]);

/** The items that were parked last, newest first. */
export const parked = signal([]);

/** The batch of a projection that was just lost before its commit, { projection, checkpoint, lost }; or null. */
export const crashed = signal(null);

/** The projections and their progress, as the server has said last. */
export const projections = signal([]);

/** Whether that is known: "unknown", "on", "unauthorized" or "unreachable". */
export const operations = signal("unknown");

/** The delay of each projection before each event, in milliseconds, by name. */
export const delays = signal({});

/** Without the lab, the progress of the projections is polled, and queried after every command. */
export const poll = repeat(
  () => (lab.get() === "off" ? pollProjections() : null),
  () => PAUSE,
);

const STATES = { absent: "off", unauthorized: "unauthorized", lost: "unreachable" };

/** Follows the feed of the lab. */
export function start() {
  const feed = follow("/lab/feed", null, ({ event, data, id, history }) =>
    HANDLERS[event]?.(JSON.parse(data), { id, history }),
  );
  feed.state.follow(failed);
  exchanges.follow((exchange) => exchange?.method === "POST" && exchange.response && poll());
}

/** Without the lab, the progress of the projections is still to be had. */
function failed(state) {
  const now = STATES[state];
  if (now === undefined || now === lab.get()) {
    return;
  }
  lab.set(now);
  if (now === "off") {
    poll();
  } else {
    setIfChanged(operations, now);
  }
  if (now === "unauthorized") {
    unauthorized.set("ops");
  }
}

const HANDLERS = {
  state(now) {
    enter(now.history);
    begun.set(now.horizon);
    horizon.set({ head: now.head, horizon: now.horizon, held: now.held });
    automations.set(now.automations ?? []);
    setProjections(now.projections);
    setIfChanged(lab, "on");
    setIfChanged(operations, "on");
  },
  reset(now) {
    enter(now.history);
    events.set([]);
  },
  appended(event) {
    if (event.position > (events.get()[0]?.position ?? 0)) {
      events.set([event, ...events.get()].slice(0, KEPT));
      recorded(event, labHistory.get());
    }
  },
  refused: (refusal) => add(refusals, refusal),
  parked: (item) => add(parked, item),
  crashed(crash) {
    crashed.set(crash);
    setTimeout(() => crash === crashed.get() && crashed.set(null), CRASH_SHOWN);
  },
  advanced(item) {
    setProjections(projections.get().map((each) => (each.name === item.name ? item : each)));
  },
  automation(item) {
    automations.set(automations.get().map((each) => (each.name === item.name ? item : each)));
  },
  /** A projection that stands still is said to be further behind by what moves: the horizon. */
  horizon(now) {
    horizon.set(now);
    projections.set(projections.get().map((each) => behind(each, now.horizon)));
  },
};

function enter(history) {
  if (history !== labHistory.get()) {
    events.set([]);
    labHistory.set(history);
  }
}

let number = 0;

function add(list, item) {
  list.set([{ ...item, number: ++number }, ...list.get()].slice(0, KEPT_REFUSALS));
}

function behind(item, head) {
  return head > item.head ? { ...item, head, lag: head - item.position } : item;
}

function setProjections(items) {
  delays.set(Object.fromEntries(items.map(({ name, delay_ms: delay = 0 }) => [name, delay])));
  projections.set(items);
}

async function pollProjections() {
  const { ok, status, json } = await send("GET", "/projections", { quiet: true });
  if (lab.get() === "off") {
    setIfChanged(operations, ok ? "on" : status === 401 || status === 403 ? "unauthorized" : "unreachable");
    if (ok) {
      setProjections(json.items);
    }
  }
}

function setIfChanged(state, now) {
  if (now !== state.get()) {
    state.set(now);
  }
}
