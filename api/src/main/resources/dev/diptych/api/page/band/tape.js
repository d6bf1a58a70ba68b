import { el, fill, setProperty, svg, update } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { drawOn } from "../lib/frame.js";
import { events } from "../server/lab.js";
import { samples } from "../server/samples.js";
import { flow } from "./flow.js";
import { at, tape } from "./model.js";
import { SINGLE } from "./window.js";

const WIDTH = 1000;
const HEIGHT = 100;

/** The log as a horizontal tape: a tick for each event, or its density; the horizon; and room for the checkpoints. */
export function showTape(element) {
  const log = svg("path", { class: "log" });
  const density = svg("path", { class: "density" });
  const ticks = svg("path", { class: "ticks" });
  const unread = svg("path", { class: "unread" });
  const strip = svg(
    "svg",
    { class: "strip", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    log,
    density,
    ticks,
    unread,
  );
  const title = el("span", { class: "tape-title" });
  const mark = el("span", { class: "horizon", id: "band-horizon" });
  const label = el("span", { class: "horizon-text" });
  fill(element, el("p", { class: "tape-texts" }, title, label), strip, mark);
  drawOn([tape, events, samples, flow], () => {
    const now = tape.get();
    const single = now.span <= SINGLE && now.horizon !== null;
    const shown = single ? events.get().filter(({ position }) => position >= now.first) : [];
    const end = now.horizon ?? now.head;
    const share = at(end + 0.5, now);
    update(element, {
      "data-mode": single ? "events" : "density",
      "data-head": now.head,
      "data-horizon": now.horizon,
      "data-held": String(now.held),
      "data-ticks": shown.length,
      "data-side": share < 0.5 ? "left" : "right",
    });
    update(title, { text: titleText(now, single) });
    update(log, { d: block(now, now.first, end) });
    update(ticks, { d: shown.map(({ position }) => tick(now, position)).join("") });
    update(unread, { d: unreadTicks(now, end) });
    update(density, { d: single ? "" : blocks(now, samples.get()) });
    update(mark, { hidden: now.horizon === null });
    update(label, { hidden: now.horizon === null, text: horizonText(now) });
    setProperty(element, "--horizon", share.toFixed(4));
  });
}

function titleText({ first, known, head, horizon }, single) {
  if (!known) {
    return "The log";
  }
  if (head === 0) {
    return "The log is empty";
  }
  const range = `The log from ${first} to ${head}`;
  if (single) {
    return `${range}: a tick for each event`;
  }
  return horizon === null ? range : `${range}: a block for each second, the higher the more events`;
}

function horizonText({ horizon, head, held }) {
  if (head > horizon) {
    return `Horizon ${horizon}, held back by an open append: ${plural(head - horizon, "position")} beyond it`;
  }
  if (held) {
    return `Horizon ${horizon}, held back by an open append`;
  }
  return `Horizon ${horizon}`;
}

const x = (now, position) => (at(position, now) * WIDTH).toFixed(1);

function tick(now, position) {
  return `M${x(now, position)} 14V86`;
}

/** Positions behind the horizon exist, and are not readable yet. */
function unreadTicks(now, end) {
  const count = Math.min(now.head - end, SINGLE);
  return Array.from({ length: count }, (_, i) => tick(now, end + 1 + i)).join("");
}

function block(now, first, last, height = HEIGHT) {
  return last < first ? "" : `M${x(now, first - 0.5)} ${HEIGHT}V${HEIGHT - height}H${x(now, last + 0.5)}V${HEIGHT}Z`;
}

/** A block for each second in which the head has moved. */
function blocks(now, all) {
  const moved = all.map((each, i) => [all[i - 1]?.head ?? each.head, each.head]);
  const most = Math.max(1, ...moved.map(([from, to]) => to - from));
  return moved
    .filter(([from, to]) => to > from && to > now.first)
    .map(([from, to]) => block(now, Math.max(from + 1, now.first), to, 15 + (75 * (to - from)) / most))
    .join("");
}
