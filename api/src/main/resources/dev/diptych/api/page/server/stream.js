import { address, go } from "../lib/address.js";
import { el, fill, setProperty, update } from "../lib/dom.js";
import { plural, short, time } from "../lib/format.js";
import { drawOn } from "../lib/frame.js";
import { errorText, send } from "../lib/http.js";
import { keyed } from "../lib/keyed.js";
import { signal } from "../lib/signal.js";
import { exchangeOf, select } from "./exchanges.js";
import { events, lab, labHistory, projections } from "./lab.js";
import { readRows, rows } from "./rows.js";
import { showTruths } from "./truths.js";

/** So many events are listed; the slider reaches all. */
const STEPS = 12;

let items = [];

/** How many events have happened at the time that is shown. */
let at = 0;
let shown = "";

/** Why there are no events. */
let problem = "";

/** Shows a stream, with the state of the aggregate after each event, and the rows of the same order. */
export function showStream(element) {
  const title = el("h3", { id: "stream-title" }, "Stream");
  const empty = el("p", { class: "empty" });
  const slider = el("input", {
    type: "range",
    id: "travel",
    min: "0",
    oninput: () => show(Number(slider.value)),
    onchange: () => goTo(Number(slider.value)),
  });
  const text = el("output", { for: "travel", class: "travel-text" });
  const steps = el("ol", { class: "steps" });
  const after = el("div", { class: "after" });
  const drawTruths = showTruths(after);
  const body = el(
    "div",
    { class: "stream" },
    el("p", { class: "travel" }, el("label", { for: "travel" }, "Time"), slider, text),
    el("div", { class: "stream-parts" }, steps, after),
  );
  fill(element, el("section", { class: "card", "aria-labelledby": "stream-title" }, title, empty, body));
  const drawSteps = keyed(steps, (key, { event }) => step(event));
  const moved = signal(null);
  let comesIntoView = false;

  function show(time = timeInAddress()) {
    at = Math.min(time ?? items.length, items.length);
    moved.set(at);
  }

  function draw() {
    update(title, { text: shown ? `Stream ${shown}` : "Stream" });
    update(empty, { hidden: items.length > 0, text: problem });
    update(body, { hidden: items.length === 0 });
    update(slider, { max: items.length, value: String(at), "aria-valuetext": timeText() });
    setProperty(slider, "--share", items.length === 0 ? 0 : at / items.length);
    update(text, { text: at === 0 ? timeText() : `after ${plural(at, "event")} of ${items.length}` });
    const last = Math.max(at, STEPS);
    const near = items.map((event, i) => ({ event, number: i + 1, at })).slice(Math.max(0, last - STEPS), last);
    drawSteps(near.map((each) => [`${labHistory.get()} ${each.event.position}`, each]));
    drawTruths({ items, at, views: rows.get().id === orderId() ? rows.get().views : {} });
    if (comesIntoView) {
      comesIntoView = false;
      element.scrollIntoView({ block: "nearest" });
    }
  }

  async function load() {
    const { stream } = address.get();
    if (!stream || lab.get() === "off") {
      items = [];
      shown = "";
      problem = stream ? "Streams are shown only with --lab." : "Select an order on the left, or a stream above.";
      show();
      return;
    }
    const response = await send("GET", `/lab/streams/${encodeURIComponent(stream)}`, { quiet: true });
    if (stream !== address.get().stream) {
      return;
    }
    comesIntoView ||= stream !== shown;
    items = response.ok ? response.json.items : [];
    shown = stream;
    problem = errorText(response);
    read();
    show();
  }

  /** Opening the stream that is shown brings it into view. */
  address.follow(
    ({ stream, time }) => {
      if (stream !== shown) {
        load();
      } else if (time === undefined && at === items.length) {
        element.scrollIntoView({ block: "nearest" });
      } else {
        show();
      }
    },
    { immediately: true },
  );
  lab.follow(load);
  labHistory.follow(load);
  drawOn([moved, rows], draw);
  projections.follow(() => isBehind() && read());
  events.follow((all) => {
    const newest = all.find((event) => event.stream === address.get().stream);
    if (newest && newest.version > (items.at(-1)?.version ?? 0)) {
      load();
    }
  });
}

/** The order whose stream is shown; null if it is another stream. */
function orderId() {
  return items.length > 0 && shown.startsWith("order-") ? shown.slice("order-".length) : null;
}

function read() {
  if (orderId() !== null) {
    readRows(orderId(), items.at(-1).state?.customer_id ?? "");
  }
}

/** A row at the version of the stream does not change before the next event; one on another page is not read. */
function isBehind() {
  const { id, views } = rows.get();
  return id !== orderId() || Object.values(views).some(({ row, isCut }) => !isCut && row?.version !== items.length);
}

function timeInAddress() {
  return /^\d+$/.test(address.get().time) ? Number(address.get().time) : undefined;
}

/** After all events there is no time in the address, so that the next event is shown too. */
function goTo(time) {
  go({ time: time === items.length ? undefined : String(time) }, { replace: true });
}

function timeText() {
  return at === 0 ? "before the first event" : `after version ${at}, ${items[at - 1].type}`;
}

function step(event) {
  let number = 0;
  const button = el(
    "button",
    { type: "button", onclick: () => goTo(number) },
    el("span", { class: "version" }, String(event.version)),
    el("span", { class: "event-type" }, event.type),
    el("span", { class: "when" }, `${event.position} · ${time(event.recorded_at)}`),
  );
  const element = el("li", {}, button, cause(event.metadata ?? {}));
  return {
    element,
    draw(now) {
      number = now.number;
      update(element, { class: now.number <= now.at ? "step past" : "step" });
      update(button, { "aria-current": now.number === now.at ? "step" : "false" });
    },
  };
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
