import { el, fill } from "../lib/dom.js";
import { clock, short } from "../lib/format.js";
import { events, lab } from "./lab.js";
import { open, openStream } from "./open-stream.js";

const SHOWN = 9;

const MISSING = {
  unknown: "Loading…",
  off: "Events and streams require a server that was started with --lab, as by mvn -q -Prun.",
  unauthorized: "Events and streams require the operations token. Enter it at the top, under Tokens.",
  unreachable: "The server cannot be reached. Retrying.",
};

/** All events, newest first. */
export function showEvents(element) {
  const body = el("tbody");
  const missing = el("p", { class: "notice", role: "status" });
  const table = el(
    "table",
    { class: "events" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ["Position", "Stream", "Version", "Event", "Recorded"].map((each, i) =>
          el("th", { scope: "col", class: i % 2 === 0 && i < 4 && "number" }, each),
        ),
      ),
    ),
    body,
  );
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
  lab.follow(
    (now) => {
      missing.hidden = now === "on";
      fill(missing, MISSING[now] ?? "");
      table.hidden = events.get().length === 0;
    },
    { immediately: true },
  );
  const draw = () => drawAll(body, table);
  events.follow(draw, { immediately: true });
  openStream.follow(draw);
}

function drawAll(body, table) {
  const first = body.childElementCount === 0;
  const known = new Map([...body.children].map((row) => [row.dataset.position, row]));
  const rows = events
    .get()
    .slice(0, SHOWN)
    .map((event) => {
      const row = known.get(String(event.position)) ?? drawn(event, first);
      row.classList.toggle("selected", event.stream === openStream.get());
      return row;
    });
  table.hidden = rows.length === 0;
  if (rows.length !== body.children.length || rows.some((row, i) => row !== body.children[i])) {
    const focused = document.activeElement;
    body.replaceChildren(...rows);
    if (body.contains(focused)) {
      focused.focus();
    }
  }
}

function drawn(event, first) {
  return el(
    "tr",
    { class: first ? "event" : "event new", "data-position": event.position },
    el("td", { class: "number" }, String(event.position)),
    el(
      "td",
      {},
      el(
        "button",
        { type: "button", class: "link", "aria-label": `Open ${event.stream}`, onclick: () => open(event.stream) },
        event.stream,
      ),
    ),
    el("td", { class: "number" }, String(event.version)),
    el(
      "td",
      {},
      el("span", { class: "event-type" }, event.type),
      event.metadata?.command &&
        el(
          "span",
          { class: "cause", title: event.metadata.causation_id },
          ` by ${event.metadata.command} ${short(event.metadata.causation_id ?? "")}`,
        ),
    ),
    el("td", { class: "when" }, clock(event.recorded_at)),
  );
}
