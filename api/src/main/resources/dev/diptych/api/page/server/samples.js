import { seconds } from "../lib/seconds.js";
import { signal } from "../lib/signal.js";
import { labHistory, operations, projections } from "./lab.js";

/** So many seconds are kept. */
export const KEPT = 120;

/**
 * The last two minutes, a sample for each second, the newest last: { at, head, projections }, with the lag, the state
 * and whether there is a rebuild of each projection, by name. The lag is the highest of its second. Seconds in which
 * the server has not said how far the projections are have no sample.
 */
export const samples = signal([]);

const highest = new Map();
let history = null;

export function start() {
  projections.follow(take);
  seconds.follow(sample);
}

function take(items) {
  items.forEach(({ name, lag }) => highest.set(name, Math.max(highest.get(name) ?? 0, lag)));
}

function sample(at) {
  if (labHistory.get() !== history) {
    history = labHistory.get();
    samples.set([]);
  }
  if (operations.get() === "on") {
    const items = projections.get();
    const head = Math.max(0, ...items.map((each) => each.head));
    const now = { at, head, projections: new Map(items.map((each) => [each.name, sampled(each)])) };
    samples.set([...samples.get(), now].filter((each) => at - each.at < KEPT * 1_000).slice(-KEPT));
  }
  highest.clear();
}

function sampled({ name, lag, state, rebuild }) {
  return { lag: Math.max(lag, highest.get(name) ?? 0), state, rebuilding: rebuild !== undefined };
}
