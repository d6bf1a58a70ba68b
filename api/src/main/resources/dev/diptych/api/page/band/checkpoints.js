import { el, fill, setProperty, svg, update } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { drawOn } from "../lib/frame.js";
import { keyed } from "../lib/keyed.js";
import { automations, crashed, operations, projections } from "../server/lab.js";
import { at, tape } from "./model.js";

/** The query that each view answers; the to-do lists of automations have the names of these. */
const QUERIES = {
  "order-summaries": "GET /orders/{id}",
  "order-list": "GET /orders",
  "product-sales": "GET /products/sales",
  "subscription-summaries": "GET /subscriptions/{id}",
  "active-customers": "GET /customers/active",
};

/** The checkpoints, which stand on the tape, each with a thread to its view. */
export function showCheckpoints(element) {
  const pins = el("ul", { class: "pins", "aria-label": "Checkpoints" });
  const threads = svg("svg", { class: "threads", viewBox: "0 0 1000 100", preserveAspectRatio: "none" });
  const views = el("ul", { class: "band-views", "aria-label": "Views" });
  update(threads, { "aria-hidden": "true" });
  fill(element, pins, threads, views);
  const drawPins = keyed(pins, pin);
  const drawThreads = keyed(threads, thread);
  const drawViews = keyed(views, view);
  drawOn([tape, projections, operations, crashed, automations], () => {
    const now = tape.get();
    const all = projections.get();
    const known = operations.get() === "on";
    const lists = automations.get().map(({ name }) => name);
    const items = all.map((each, i) => {
      const shown = known ? each.state : "unknown";
      const lost = crashed.get()?.projection === each.name;
      const repeats = lost && each.position <= crashed.get().checkpoint;
      const middle = (i + 0.5) / all.length;
      const query = QUERIES[each.name] ?? (lists.includes(each.name) ? "to-do list" : "");
      return [each.name, { ...each, x: at(each.position, now), middle, shown, lost, repeats, query }];
    });
    drawPins(items);
    drawThreads(items);
    drawViews(items);
  });
}

function states({ position, lag, shown, lost, rebuild }) {
  return {
    "data-position": position,
    "data-lag": lag,
    "data-state": shown,
    "data-crashed": String(lost),
    "data-rebuilding": String(!!rebuild),
  };
}

function pin(name) {
  const text = el("span", { class: "visually-hidden" });
  const element = el("li", { class: "pin", "data-checkpoint": name }, text);
  return {
    element,
    draw(now) {
      update(element, states(now));
      update(text, { text: `${name} at ${now.position}` });
      setProperty(element, "--at", now.x.toFixed(4));
    },
  };
}

function thread() {
  const element = svg("path", { class: "thread" });
  return {
    element,
    draw(now) {
      const [from, to] = [now.x * 1000, now.middle * 1000].map((each) => each.toFixed(1));
      update(element, { ...states(now), d: `M${from} 0C${from} 60 ${to} 40 ${to} 100` });
    },
  };
}

function view(name) {
  const state = el("span", { class: "view-state" });
  const query = el("span", { class: "view-query" });
  const element = el(
    "li",
    { class: "band-view", "data-view": name },
    el("span", { class: "view-name" }, name),
    state,
    query,
  );
  return {
    element,
    draw(now) {
      update(element, states(now));
      update(state, { text: stateText(now) });
      update(query, { text: now.query });
    },
  };
}

function stateText({ shown, lag, repeats, rebuild }) {
  const lagging = lag > 0 ? `${plural(lag, "position")} behind` : "up to date";
  if (shown === "unknown") {
    return "unknown";
  }
  if (repeats) {
    return "lost a batch, applies it again";
  }
  return [shown !== "running" && shown, rebuild && "rebuilding", lagging].filter(Boolean).join(", ");
}
