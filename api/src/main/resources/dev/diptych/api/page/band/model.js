import { signal } from "../lib/signal.js";
import { seconds } from "../lib/seconds.js";
import { events, horizon, lab, labHistory, operations, projections } from "../server/lab.js";
import { samples } from "../server/samples.js";
import { tapeWindow } from "./window.js";

/** The tape shows at least the positions of so many seconds, so that it does not run. */
const SECONDS = 10;

/**
 * What the tape shows: { known, first, span, head, horizon, held }. Without the lab, the projections tell the head, and
 * the horizon is null.
 */
export const tape = signal({ known: false, first: 1, span: 60, head: 0, horizon: null, held: false });

/** Returns where a position is on the tape, from 0 to 1. */
export function at(position, { first, span } = tape.get()) {
  return Math.min(1, Math.max(0, (position - first + 0.5) / span));
}

let history = null;
let shown = null;

export function start() {
  [events, horizon, projections, seconds].forEach((each) => each.follow(measure));
  measure();
}

function measure() {
  const now = lab.get() === "on" ? horizon.get() : null;
  const newest = events.get()[0]?.position ?? 0;
  const readable = now ? Math.max(now.horizon, newest) : null;
  const head = now ? Math.max(now.head, newest) : Math.max(0, ...projections.get().map((each) => each.head));
  if (labHistory.get() !== history) {
    history = labHistory.get();
    shown = null;
  }
  shown = tapeWindow(shown, head, Math.min(head, lowest(head)));
  const known = operations.get() === "on";
  tape.set({ ...shown, known, head, horizon: readable, held: now?.held ?? false });
}

/** The lowest checkpoint, or where the head was ten seconds ago. */
function lowest(head) {
  const before = samples.get().at(-SECONDS)?.head ?? head;
  return Math.min(before, ...projections.get().map(({ position }) => position));
}
