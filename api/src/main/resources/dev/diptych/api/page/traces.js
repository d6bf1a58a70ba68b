import { byId, el, fill, update } from "./lib/dom.js";
import { duration, short } from "./lib/format.js";
import { drawOn } from "./lib/frame.js";
import { result } from "./lib/http.js";
import { keyed } from "./lib/keyed.js";
import { signal } from "./lib/signal.js";
import { versionIn } from "./lib/version.js";

const KEPT = 8;

/**
 * The traces of the last commands, newest first: the command, its event, and the row that reflects it. The state is
 * "sent", "accepted", "visible", "rejected", "unanswered" or "lost".
 */
export const traces = signal([]);

/** Begins the trace of a command; the returned functions continue it. */
export function begin({ name, stream, id, key }) {
  const trace = { name, stream, id, key, begun: performance.now(), state: "sent", times: 1 };
  traces.set([trace, ...traces.get()].slice(0, KEPT));
  const change = (changes) => {
    Object.assign(trace, changes);
    traces.set(traces.get());
  };
  return {
    /** A command that raises no event leaves its stream at the version that was its precondition. */
    responded(response, precondition) {
      const at = versionIn(response);
      change({
        ...at,
        state: result(response),
        status: response.status,
        respondedAfter: response.milliseconds,
        withoutEvent: at !== null && at.version === precondition?.version && at.history === precondition.history,
      });
    },
    resent: () => change({ state: "sent", times: trace.times + 1 }),
    visible: () => change({ state: "visible", visibleAfter: performance.now() - trace.begun }),
    lost: () => change({ state: "lost" }),
  };
}

/** Adds an event to the trace of its command. */
export function recorded(event, history) {
  const trace = traces
    .get()
    .find((each) => each.stream === event.stream && each.version === event.version && each.history === history);
  if (trace && !trace.position && !trace.withoutEvent) {
    Object.assign(trace, { position: event.position, event: event.type });
    traces.set(traces.get());
  }
}

export function showTraces() {
  const list = el("ol", { class: "traces" });
  fill(
    byId("traces"),
    el("h2", { id: "traces-title" }, "Traces"),
    el("p", { class: "hint" }, "From the command to its event and its row."),
    list,
  );
  const draw = keyed(list, item, el("li", { class: "no-traces" }, "No commands yet."));
  drawOn([traces], () => draw(traces.get().map((trace) => [trace.key, trace])));
}

function item() {
  const command = stage("command");
  const event = stage("event");
  const row = stage("row");
  const element = el("li", {}, command.element, event.element, row.element);
  return {
    element,
    draw(trace) {
      update(element, { class: `trace ${trace.state}${trace.withoutEvent ? " without-event" : ""}` });
      command.draw(`${trace.name} ${short(trace.id)}`, responseText(trace));
      event.draw(eventText(trace));
      row.draw(rowText(trace));
      event.element.hidden = row.element.hidden = trace.state === "rejected";
    },
  };
}

function stage(kind) {
  const label = el("span", { class: "label" });
  const detail = el("span", { class: "detail" });
  return {
    element: el("div", { class: `stage ${kind}` }, label, detail),
    draw(text, more = "") {
      update(label, { text });
      update(detail, { text: more });
    },
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
    return withoutEvent ? "unchanged" : `visible after ${duration(visibleAfter)}`;
  }
  return { unanswered: "unknown", lost: "possibly lost" }[state] ?? "not visible yet";
}
