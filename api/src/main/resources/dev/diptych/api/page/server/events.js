import { address, isOpen, openStream } from "../lib/address.js";
import { el, fill, update } from "../lib/dom.js";
import { clock, short } from "../lib/format.js";
import { drawOn } from "../lib/frame.js";
import { keyed } from "../lib/keyed.js";
import { events, lab, labHistory } from "./lab.js";

const SHOWN = 6;

const MISSING = {
  unknown: "Loading…",
  off: "Events and streams require a server that was started with --lab, as by mvn -q -Prun.",
  unauthorized: "Events and streams require the operations token. Enter it at the top, under Access tokens.",
  unreachable: "The server cannot be reached. Retrying.",
};

/** All events, newest first. */
export function showEvents(element) {
  const body = el("tbody");
  const missing = el("p", { class: "notice", role: "status" });
  const heads = ["Position", "Stream", "Version", "Event", "Recorded"].map((each, i) =>
    el("th", { scope: "col", class: i % 2 === 0 && i < 4 && "number" }, each),
  );
  const table = el("table", { class: "events" }, el("thead", {}, el("tr", {}, heads)), body);
  fill(
    element,
    el(
      "section",
      { class: "card", "aria-labelledby": "events-title" },
      el("h3", { id: "events-title" }, "All events"),
      missing,
      table,
    ),
  );
  let first = true;
  const draw = keyed(body, (key, event) => row(event, first));
  drawOn([lab, events, address], () => {
    const shown = events.get().slice(0, SHOWN);
    update(missing, { hidden: lab.get() === "on", text: MISSING[lab.get()] });
    update(table, { hidden: shown.length === 0 });
    draw(shown.map((event) => [`${labHistory.get()} ${event.position}`, event]));
    first = shown.length === 0;
  });
}

/** The first events are not marked as new. */
function row(event, first) {
  const element = el(
    "tr",
    { "data-position": event.position },
    el("td", { class: "number" }, String(event.position)),
    el(
      "td",
      {},
      el(
        "button",
        {
          type: "button",
          class: "link",
          "aria-label": `Open ${event.stream}`,
          onclick: () => openStream(event.stream),
        },
        event.stream,
      ),
    ),
    el("td", { class: "number" }, String(event.version)),
    el("td", {}, el("span", { class: "event-type" }, event.type), cause(event.metadata)),
    el("td", { class: "when" }, clock(event.recorded_at)),
  );
  return {
    element,
    draw() {
      const selected = isOpen(event.stream) ? " selected" : "";
      update(element, { class: `event${first ? "" : " new"}${selected}` });
    },
  };
}

function cause({ command, causation_id: id = "" } = {}) {
  return command && el("span", { class: "cause", title: id }, ` by ${command} ${short(id)}`);
}
