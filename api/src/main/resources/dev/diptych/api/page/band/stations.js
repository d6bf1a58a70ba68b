import { openStream } from "../lib/address.js";
import { el, fill, update } from "../lib/dom.js";
import { drawOn } from "../lib/frame.js";
import { keyed } from "../lib/keyed.js";
import { automations, lab, parked } from "../server/lab.js";
import { decision, flow } from "./flow.js";
import { texts, traces } from "./traces.js";

const SHOWN = 3;

/** The stations of a command: where it is sent, this page's last commands, and the aggregate that decides. */
export function showStations(element) {
  fill(element, el("div", { class: "sources" }, clients(), todo()), commands(), aggregate());
}

function station(id, title, ...children) {
  return el("div", { class: "station", id }, el("h3", {}, title), children);
}

function clients() {
  const detail = el("p", { class: "detail" });
  drawOn([flow], () => {
    const { dense, rate } = flow.get();
    update(detail, { text: dense ? `${rate} events per second` : "This page, other clients" });
  });
  return station("band-clients", "Clients", detail);
}

function todo() {
  const detail = el("p", { class: "detail" });
  const element = station("band-todo", "To-do list", detail);
  drawOn([automations, lab, parked], () => {
    const all = automations.get();
    const open = sum(all, "open");
    update(element, { "data-open": open, "data-parked": sum(all, "parked") });
    update(detail, { text: todoText(all, parked.get()[0]), title: parked.get()[0]?.reason });
  });
  return element;
}

function todoText(all, last) {
  if (lab.get() !== "on") {
    return "Shown with --lab";
  }
  return all.length === 0
    ? "No automation here"
    : all.map((each) => automationText(each, last)).join("; ");
}

function automationText({ name, open, parked: stuck }, last) {
  const reason = last?.automation === name ? ` (${last.reason})` : "";
  return `${name}: ${open} open${stuck ? `, ${stuck} parked${reason}` : ""}`;
}

function sum(all, member) {
  return all.reduce((total, each) => total + each[member], 0);
}

function commands() {
  const list = el("ol", { class: "traces", "aria-label": "The last commands of this page" });
  const draw = keyed(list, traceLine, el("li", { class: "no-traces" }, "No commands of this page yet."));
  drawOn([traces], () =>
    draw(
      traces
        .get()
        .slice(0, SHOWN)
        .map((trace) => [trace.key, trace]),
    ),
  );
  return station("band-command", "Commands", list);
}

/** A command, its response, its event and its row. */
function traceLine() {
  const stage = (kind) => el("span", { class: `stage ${kind}` });
  const [command, response, event, row] = ["command", "response", "event", "row"].map(stage);
  const element = el("li", {}, command, response, event, row);
  return {
    element,
    draw(trace) {
      const shown = texts(trace);
      update(element, { class: `trace ${trace.state}${trace.withoutEvent ? " without-event" : ""}` });
      update(command, { text: shown.command });
      update(response, { text: shown.response });
      update(event, { text: shown.event, hidden: trace.state === "rejected" });
      update(row, { text: shown.row, hidden: trace.state === "rejected" });
    },
  };
}

/** The aggregate that has decided last: its stream and version, and the event that it raised, or why it refused. */
function aggregate() {
  const stream = el("button", { type: "button", class: "link", onclick: () => openStream(stream.textContent) });
  const version = el("span", { class: "version" });
  const outcome = el("p", { class: "decision" });
  const element = station("band-aggregate", "Aggregate", el("p", { class: "detail" }, stream, " ", version), outcome);
  drawOn([decision, lab], () => {
    const now = decision.get();
    update(element, { "data-decision": now?.kind, "data-stream": now?.stream, "data-version": now?.version });
    update(stream, { text: now?.stream, hidden: !now?.stream });
    update(version, { text: now?.version ? `version ${now.version}` : "" });
    update(outcome, { text: outcomeText(now) });
  });
  return element;
}

function outcomeText(now) {
  if (now === null) {
    return "Loads its events, and decides on a command by its rules.";
  }
  if (now.kind === "refused") {
    return `refused ${now.command}: ${now.reason}`;
  }
  return `${now.command ?? "A command"} raised ${now.type ?? "an event"}`;
}
