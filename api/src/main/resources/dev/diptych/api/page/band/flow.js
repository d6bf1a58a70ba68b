import { CORRELATION } from "../lib/http.js";
import { seconds } from "../lib/seconds.js";
import { signal } from "../lib/signal.js";
import { automations, begun, events, lab, refusals } from "../server/lab.js";
import { traces } from "./traces.js";

const MAX_TOKENS = 6;

/** How long a token stays after its command has been decided. */
const STAY = { stored: 2_500, refused: 6_000, unchanged: 2_500, unknown: 6_000 };

/** With more events in a second than this, the band shows their density; below so many, single tokens again. */
const DENSE = 5;
const SPARSE = 3;
const WINDOW = 2_000;

/**
 * The commands under way: { key, name, from, state, since, begun, event, position, status }. Each comes from: "page"
 * (this one), "others" or "todo" (the list); the state is "sent", "stored", "unchanged" (no event), "refused"
 * or "unknown" (no response).
 */
export const tokens = signal([]);

/** What was "raised" or "refused" last: { kind, stream, version, type, command, reason }; null if not known. */
export const decision = signal(null);

/** Whether there are so many events that their density is shown, and how many there are in a second. */
export const flow = signal({ dense: false, rate: 0 });

/** The state of the token of a trace. */
const STATES = {
  sent: "sent",
  accepted: "stored",
  visible: "stored",
  lost: "stored",
  rejected: "refused",
  unanswered: "unknown",
};

export function start() {
  traces.follow(takeTraces);
  begun.follow((position) => (seen = position));
  events.follow(takeEvents);
  refusals.follow(takeRefusals);
  seconds.follow(measure);
}

/** The keys of the commands of this page that have been taken. */
let known = new Set();

/** The commands of this page have tokens from the moment at which they are sent. */
function takeTraces(all) {
  const others = known;
  known = new Set(all.map(({ key }) => key));
  for (const trace of all) {
    const state = trace.position ? "stored" : trace.withoutEvent ? "unchanged" : STATES[trace.state];
    const { key, name, event, position, status } = trace;
    const before = tokens.get().find((each) => each.key === key);
    if (before ? before.state !== state || before.position !== position : !others.has(key)) {
      put({ key, name, from: "page", state, event, position, status });
      tell(trace, state);
    }
  }
}

/** Without the lab, the responses to this page's commands are all that is known of the aggregates. */
function tell({ name, stream, version, reason }, state) {
  if (state === "refused") {
    decision.set({ kind: "refused", stream, command: name, reason });
  } else if (state === "stored" && version && lab.get() !== "on") {
    decision.set({ kind: "raised", stream, version, command: name });
  }
}

let seen = 0;

/** Events up to the horizon at which the feed began have happened before: they are no tokens. */
function takeEvents(all) {
  const newest = all[0];
  if (!newest) {
    decision.set(null);
    return;
  }
  const { stream, version, type, metadata } = newest;
  decision.set({ kind: "raised", stream, version, type, command: metadata?.command });
  const fresh = all.filter((event) => event.position > seen).reverse();
  seen = Math.max(seen, newest.position);
  fresh.forEach(takeEvent);
}

function takeEvent({ position, type, metadata = {} }) {
  arrived();
  const { command, causation_id: id } = metadata;
  if (!known.has(id)) {
    const from = origin(metadata);
    put({ key: `event ${position}`, name: command ?? "a command", from, state: "stored", event: type, position });
  }
}

/** A command of an automation has an id that begins with its name. */
function origin({ causation_id: id = "", correlation_id: correlation }) {
  if (automations.get().some(({ name }) => id.startsWith(`${name}/`))) {
    return "todo";
  }
  return correlation === CORRELATION ? "page" : "others";
}

let refused = 0;

/** The refusals of this page's commands are in their responses, too. */
function takeRefusals(all) {
  const fresh = all.filter(({ number }) => number > refused).reverse();
  refused = all[0]?.number ?? refused;
  for (const { number, command, stream, status, reason, correlation_id: correlation } of fresh) {
    decision.set({ kind: "refused", stream, command, reason });
    const isOf = (trace) => trace.stream === stream && (trace.state === "sent" || trace.reason === reason);
    if (!traces.get().some(isOf)) {
      const from = origin({ correlation_id: correlation });
      put({ key: `refusal ${number}`, name: command, from, state: "refused", status });
    }
  }
}

/** Adds or changes a token; none is added while the density is shown, and the oldest give way. */
function put(token) {
  const all = tokens.get();
  const before = all.find(({ key }) => key === token.key);
  if (!before && flow.get().dense) {
    return;
  }
  const since = performance.now();
  const next = { ...before, ...token, since, begun: before?.begun ?? since };
  tokens.set(before ? all.map((each) => (each === before ? next : each)) : [...all, next].slice(-MAX_TOKENS));
  if (STAY[token.state]) {
    setTimeout(() => remove(token.key, since), STAY[token.state]);
  }
}

function remove(key, since) {
  tokens.set(tokens.get().filter((token) => token.key !== key || token.since !== since));
}

let arrivals = [];

function arrived() {
  arrivals.push(performance.now());
  measure();
}

/** What is measured is kept for two seconds, in which no more than the kept events can count. */
function measure() {
  const now = performance.now();
  arrivals = arrivals.filter((at) => now - at < WINDOW).slice(-1_000);
  const rate = (arrivals.length * 1_000) / WINDOW;
  const before = flow.get();
  const dense = before.dense ? rate > SPARSE : rate > DENSE;
  if (dense !== before.dense || (dense && Math.round(rate) !== before.rate)) {
    flow.set({ dense, rate: Math.round(rate) });
  }
}
