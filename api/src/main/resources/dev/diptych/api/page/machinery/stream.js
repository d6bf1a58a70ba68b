import { el, fill, paint } from "../lib/dom.js";
import { plural, short, time } from "../lib/format.js";
import { inWords, send } from "../lib/http.js";
import { exchangeOf, select } from "./exchanges.js";
import { events, lab } from "./lab.js";
import { opened } from "./opened.js";

let items = [];
let at = 0;
let shown = "";

/** One stream, event by event, with the state after each: what the aggregate is made of, and was at any time. */
export function showStream(element) {
  const title = el("h3", { id: "stream-title" }, "A stream, event by event");
  const body = el("div", { class: "stream" });
  fill(element, el("section", { class: "card", "aria-labelledby": "stream-title" }, title, body));
  const load = async (moved) => {
    const stream = opened.get();
    if (stream === "" || lab.get() === "off") {
      fill(body, el("p", { class: "empty" }, lab.get() === "off" ? "Streams are shown only with --lab." : "Open an order on the left, or a stream above."));
      return;
    }
    const answer = await send("GET", `/lab/streams/${encodeURIComponent(stream)}`, { quiet: true });
    if (stream !== opened.get()) {
      return;
    }
    fill(title, `${stream}, event by event`);
    if (!answer.ok) {
      items = [];
      fill(body, el("p", { class: "empty" }, inWords(answer)));
      return;
    }
    const grown = answer.json.items.length > items.length;
    items = answer.json.items;
    at = moved || grown || stream !== shown ? items.length : Math.min(at, items.length);
    shown = stream;
    draw(body);
  };
  opened.follow(() => load(true), { atOnce: true });
  lab.follow(() => load(false));
  events.follow((all) => {
    const newest = all.find((event) => event.stream === opened.get());
    if (newest && newest.version > (items.at(-1)?.version ?? 0)) {
      load(false);
    }
  });
}

function draw(body) {
  const steps = el("ol", { class: "steps" }, items.map((event, i) => step(event, i + 1, body)));
  const slider = el("input", {
    type: "range",
    id: "travel",
    min: "0",
    max: String(items.length),
    value: String(at),
    oninput: () => go(Number(slider.value), body),
  });
  const words = el("output", { for: "travel", class: "travel-words" });
  fill(
    body,
    el("p", { class: "travel" }, el("label", { for: "travel" }, "Time"), slider, words),
    el("div", { class: "stream-parts" }, steps, el("div", { class: "after", "aria-live": "polite" })),
  );
  go(at, body);
}

function go(to, body) {
  at = to;
  const slider = body.querySelector("#travel");
  slider.value = String(at);
  slider.setAttribute("aria-valuetext", at === 0 ? "before the first event" : `after version ${at}, ${items[at - 1].type}`);
  paint(slider, "--share", items.length === 0 ? 0 : at / items.length);
  fill(body.querySelector(".travel-words"), at === 0 ? "before anything happened" : `after ${plural(at, "event")} of ${items.length}`);
  [...body.querySelectorAll(".step")].forEach((each, i) => {
    each.classList.toggle("past", i < at);
    each.querySelector("button").setAttribute("aria-current", i === at - 1 ? "step" : "false");
  });
  fill(body.querySelector(".after"), at === 0 ? el("p", { class: "empty" }, "No event, no state.") : state(items[at - 1], items[at - 2]));
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

/** Which command this event comes from; when this page sent it, the request is at hand. */
function cause({ command, causation_id: id, correlation_id: correlation }) {
  if (!command && !id) {
    return null;
  }
  const words = `${command ?? "a command"} ${short(id ?? "")}`;
  const exchange = exchangeOf(id);
  return el(
    "p",
    { class: "cause", title: `Causation ${id}, correlation ${correlation}` },
    "caused by ",
    exchange ? el("button", { type: "button", class: "link", onclick: () => select(exchange) }, words) : words,
  );
}

/** The state after an event; what the event has changed is marked. */
function state(event, before) {
  const old = before?.state ?? {};
  return [
    el("dl", { class: "state-after" }, Object.entries(event.state).map(([name, value]) => member(name, value, old[name]))),
    el("details", {}, el("summary", {}, "The event as it is stored"), el("pre", { tabindex: "0" }, JSON.stringify(event.payload, null, 2))),
  ];
}

function member(name, value, old) {
  const changed = JSON.stringify(value) !== JSON.stringify(old);
  return el("div", { class: changed ? "changed" : "" }, el("dt", {}, name), el("dd", {}, text(value), changed && el("span", { class: "visually-hidden" }, " (changed)")));
}

function text(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? "none" : value.map((item) => el("span", { class: "item" }, `${item.quantity} × ${item.sku} at ${item.unit_price}`));
  }
  return value !== null && typeof value === "object" ? Object.values(value).join(", ") : String(value === "" ? "–" : value);
}
