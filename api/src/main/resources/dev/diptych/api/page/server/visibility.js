import { traces } from "../band/traces.js";
import { signal } from "../lib/signal.js";
import { labHistory, projections } from "./lab.js";

const KEPT = 20;

/**
 * The times from the answers to this page's commands to their visibility in each projection, by name, the newest first:
 * { key, position, from, to }. Both are times of this page; `to` is null as long as the projection has not applied the
 * event.
 */
export const visibility = signal(new Map());

let history = null;

export function start() {
  traces.follow(measure);
  projections.follow(measure);
}

function measure() {
  if (labHistory.get() !== history) {
    history = labHistory.get();
    visibility.set(new Map());
  }
  const answered = traces.get().filter((trace) => trace.position && trace.answeredAt && trace.history === history);
  if (answered.length > 0) {
    visibility.set(new Map(projections.get().map((each) => [each.name, spans(each, answered)])));
  }
}

/** If a projection has applied the event before the answer has arrived, the wait is 0. */
function spans({ name, position: checkpoint }, answered) {
  const before = visibility.get().get(name) ?? [];
  const known = new Set(before.map(({ key }) => key));
  const begun = answered
    .filter(({ key }) => !known.has(key))
    .map(({ key, position, answeredAt: from }) => ({ key, position, from, to: position <= checkpoint ? from : null }));
  const isOver = ({ to, position }) => to === null && position <= checkpoint;
  if (begun.length === 0 && !before.some(isOver)) {
    return before;
  }
  const to = performance.now();
  return [...begun, ...before.map((span) => (isOver(span) ? { ...span, to } : span))].slice(0, KEPT);
}
