import { el, fill, setProperty } from "../lib/dom.js";
import { plural, short, time } from "../lib/format.js";
import { errorText, send } from "../lib/http.js";
import { exchangeOf, select } from "./exchanges.js";
import { events, lab } from "./lab.js";
import { openStream } from "./open-stream.js";

let items = [];
let at = 0;
let shown = "";

/** Shows a stream, with the state of the aggregate after each event. */
export function showStream(element) {
  const title = el("h3", { id: "stream-title" }, "Stream");
  const body = el("div", { class: "stream" });
  fill(element, el("section", { class: "card", "aria-labelledby": "stream-title" }, title, body));
  const load = async (moved) => {
    const stream = openStream.get();
    if (stream === "" || lab.get() === "off") {
      fill(
        body,
        el(
          "p",
          { class: "empty" },
          lab.get() === "off"
            ? "Streams are shown only with --lab."
            : "Select an order on the left, or a stream above.",
        ),
      );
      return;
    }
    const response = await send("GET", `/lab/streams/${encodeURIComponent(stream)}`, { quiet: true });
    if (stream !== openStream.get()) {
      return;
    }
    fill(title, `Stream ${stream}`);
    if (!response.ok) {
      items = [];
      fill(body, el("p", { class: "empty" }, errorText(response)));
      return;
    }
    const appended = response.json.items.length > items.length;
    items = response.json.items;
    at = moved || appended || stream !== shown ? items.length : Math.min(at, items.length);
    shown = stream;
    draw(body);
  };
  openStream.follow(() => load(true), { immediately: true });
  lab.follow(() => load(false));
  events.follow((all) => {
    const newest = all.find((event) => event.stream === openStream.get());
    if (newest && newest.version > (items.at(-1)?.version ?? 0)) {
      load(false);
    }
  });
}

function draw(body) {
  const steps = el(
    "ol",
    { class: "steps" },
    items.map((event, i) => step(event, i + 1, body)),
  );
  const slider = el("input", {
    type: "range",
    id: "travel",
    min: "0",
    max: String(items.length),
    value: String(at),
    oninput: () => go(Number(slider.value), body),
  });
  const text = el("output", { for: "travel", class: "travel-text" });
  fill(
    body,
    el("p", { class: "travel" }, el("label", { for: "travel" }, "Time"), slider, text),
    el("div", { class: "stream-parts" }, steps, el("div", { class: "after", "aria-live": "polite" })),
  );
  go(at, body);
}

function go(to, body) {
  at = to;
  const slider = body.querySelector("#travel");
  slider.value = String(at);
  slider.setAttribute(
    "aria-valuetext",
    at === 0 ? "before the first event" : `after version ${at}, ${items[at - 1].type}`,
  );
  setProperty(slider, "--share", items.length === 0 ? 0 : at / items.length);
  fill(
    body.querySelector(".travel-text"),
    at === 0 ? "before the first event" : `after ${plural(at, "event")} of ${items.length}`,
  );
  [...body.querySelectorAll(".step")].forEach((each, i) => {
    each.classList.toggle("past", i < at);
    each.querySelector("button").setAttribute("aria-current", i === at - 1 ? "step" : "false");
  });
  fill(
    body.querySelector(".after"),
    at === 0 ? el("p", { class: "empty" }, "No events, no state.") : state(items[at - 1], items[at - 2]),
  );
}

function step(event, version, body) {
  return el(
    "li",
    { class: "step" },
    el(
      "button",
      { type: "button", onclick: () => go(version, body) },
      el("span", { class: "version" }, String(event.version)),
      el("span", { class: "event-type" }, event.type),
      el("span", { class: "when" }, `${event.position} · ${time(event.recorded_at)}`),
    ),
    cause(event.metadata ?? {}),
  );
}

/** Names the command that caused an event, with a link to its request if this page sent it. */
function cause({ command, causation_id: id, correlation_id: correlation }) {
  if (!command && !id) {
    return null;
  }
  const name = `${command ?? "a command"} ${short(id ?? "")}`;
  const exchange = exchangeOf(id);
  return el(
    "p",
    { class: "cause", title: `Causation ${id}, correlation ${correlation}` },
    "caused by ",
    exchange ? el("button", { type: "button", class: "link", onclick: () => select(exchange) }, name) : name,
  );
}

/** The state after an event; marks the changes. */
function state(event, before) {
  const old = before?.state ?? {};
  return [
    el(
      "dl",
      { class: "state-after" },
      Object.entries(event.state).map(([name, value]) => member(name, value, old[name])),
    ),
    el(
      "details",
      {},
      el("summary", {}, "Stored event"),
      el("pre", { tabindex: "0" }, JSON.stringify(event.payload, null, 2)),
    ),
  ];
}

function member(name, value, old) {
  const changed = JSON.stringify(value) !== JSON.stringify(old);
  return el(
    "div",
    { class: changed ? "changed" : "" },
    el("dt", {}, name),
    el("dd", {}, text(value), changed && el("span", { class: "visually-hidden" }, " (changed)")),
  );
}

function text(value) {
  if (Array.isArray(value)) {
    return value.length === 0
      ? "none"
      : value.map((item) => el("span", { class: "item" }, `${item.quantity} × ${item.sku} at ${item.unit_price}`));
  }
  return value !== null && typeof value === "object"
    ? Object.values(value).join(", ")
    : String(value === "" ? "–" : value);
}
