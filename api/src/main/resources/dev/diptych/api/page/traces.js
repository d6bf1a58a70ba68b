import { byId, el, fill } from "./lib/dom.js";
import { duration, short } from "./lib/format.js";
import { signal } from "./lib/signal.js";
import { versionIn } from "./lib/version.js";

const KEPT = 8;

/** The traces of the last commands, newest first: the command, its event, and the row that reflects it. */
export const traces = signal([]);

/** Begins the trace of a command; the returned functions continue it. */
export function begin({ name, stream, id, key }) {
  const trace = { name, stream, id, key, begun: performance.now(), state: "sent" };
  traces.set([trace, ...traces.get()].slice(0, KEPT));
  return {
    responded(response) {
      Object.assign(trace, {
        status: response.status,
        respondedAfter: response.milliseconds,
        version: versionIn(response)?.version,
        state: response.ok ? "accepted" : "rejected",
      });
      changed();
    },
    visible() {
      trace.visibleAfter = performance.now() - trace.begun;
      trace.state = "visible";
      changed();
    },
  };
}

/** Adds an event to the trace of its command. */
export function recorded(event) {
  const trace = traces.get().find((each) => each.stream === event.stream && each.version === event.version);
  if (trace && !trace.position) {
    trace.position = event.position;
    trace.event = event.type;
    changed();
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
  traces.follow((all) => draw(list, all), { immediately: true });
}

function changed() {
  traces.set(traces.get());
}

/** Keeps the elements of existing traces, so that only new stages are animated. */
function draw(list, all) {
  const known = new Map([...list.children].map((each) => [each.dataset.key, each]));
  list.replaceChildren(...all.map((trace) => drawn(trace, known.get(trace.key))));
  if (all.length === 0) {
    fill(list, el("li", { class: "no-traces" }, "No commands yet."));
  }
}

function drawn(trace, old) {
  const item = old ?? el("li", { "data-key": trace.key });
  item.className = `trace ${trace.state}`;
  const stages = [
    stage("command", `${trace.name} ${short(trace.id)}`, responseText(trace)),
    trace.state !== "rejected" && stage("event", eventText(trace), ""),
    trace.state !== "rejected" && stage("row", rowText(trace), ""),
  ].filter(Boolean);
  stages.forEach((each, i) => {
    if (item.children[i]?.textContent !== each.textContent) {
      item.children[i] ? item.children[i].replaceWith(each) : item.append(each);
    }
  });
  while (item.children.length > stages.length) {
    item.lastElementChild.remove();
  }
  return item;
}

function stage(kind, label, detail) {
  return el(
    "div",
    { class: `stage ${kind}` },
    el("span", { class: "label" }, label),
    detail && el("span", { class: "detail" }, detail),
  );
}

function responseText({ status, respondedAfter, state }) {
  if (state === "sent") {
    return "sent";
  }
  return status === 0 ? "no response" : `${status} after ${duration(respondedAfter)}`;
}

function eventText({ event, position, state }) {
  if (position) {
    return `${event} at ${position}`;
  }
  return state === "sent" ? "no event yet" : "stored";
}

function rowText({ visibleAfter }) {
  return visibleAfter ? `visible after ${duration(visibleAfter)}` : "not visible yet";
}
