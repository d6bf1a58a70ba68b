import { duration, short } from "../lib/format.js";
import { errorText, result } from "../lib/http.js";
import { signal } from "../lib/signal.js";
import { versionIn } from "../lib/version.js";

const KEPT = 8;

/**
 * The traces of this page's last commands, newest first: the command, its event, and the row that reflects it. The
 * state is "sent", "accepted", "visible", "rejected", "unanswered" or "lost".
 */
export const traces = signal([]);

/** Begins the trace of a command; the returned functions continue it. */
export function begin({ name, stream, id, key }) {
  const trace = { name, stream, id, key, state: "sent", times: 1 };
  traces.set([trace, ...traces.get()].slice(0, KEPT));
  const change = (changes) => {
    Object.assign(trace, changes);
    traces.set(traces.get());
  };
  return {
    /** A command that raises no event leaves its stream at the version that was its precondition. */
    responded(response, precondition) {
      const at = versionIn(response);
      const state = result(response);
      change({
        ...at,
        state,
        status: response.status,
        reason: state === "rejected" ? errorText(response) : undefined,
        answeredAt: performance.now(),
        respondedAfter: response.milliseconds,
        withoutEvent: at !== null && at.version === precondition?.version && at.history === precondition.history,
      });
    },
    resent: () => change({ state: "sent", times: trace.times + 1 }),
    visible: () => change({ state: "visible", visibleAfter: performance.now() - trace.answeredAt }),
    lost: () => change({ state: "lost" }),
  };
}

/** Adds an event to the trace of the command that caused it; the event may arrive before the response. */
export function recorded(event) {
  const trace = traces.get().find(({ key }) => key === event.metadata?.causation_id);
  if (trace && !trace.position) {
    Object.assign(trace, { position: event.position, event: event.type });
    traces.set(traces.get());
  }
}

/** The texts of a trace: the command, its response, its event, and its row. */
export function texts(trace) {
  return {
    command: `${trace.name} ${short(trace.id)}`,
    response: responseText(trace),
    event: eventText(trace),
    row: rowText(trace),
  };
}

function responseText({ state, status, respondedAfter, times }) {
  const sent = times === 1 ? "sent" : `sent ${times} times with one key`;
  if (state === "sent") {
    return sent;
  }
  if (status === 0) {
    return `${sent}, no response`;
  }
  const done = times > 1 && state !== "rejected" ? `; ${sent}, done once` : "";
  return `${status} after ${duration(respondedAfter)}${done}`;
}

function eventText({ event, position, state, withoutEvent }) {
  if (withoutEvent) {
    return "no event: nothing to change";
  }
  if (position) {
    return `${event} at ${position}`;
  }
  return { sent: "no event yet", unanswered: "unknown" }[state] ?? "stored";
}

function rowText({ state, visibleAfter, withoutEvent }) {
  if (state === "visible") {
    return withoutEvent ? "unchanged" : `visible ${duration(visibleAfter)} after the answer`;
  }
  return { unanswered: "unknown", lost: "possibly lost" }[state] ?? "not visible yet";
}
