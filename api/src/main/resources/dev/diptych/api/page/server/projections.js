import { el, fill } from "../lib/dom.js";
import { drawOn } from "../lib/frame.js";
import { keyed } from "../lib/keyed.js";
import { delays, lab, operations, projections } from "./lab.js";
import { projectionItem } from "./projection-item.js";

const MIN_SPAN = 24;

const MISSING = {
  unauthorized: "The progress of the projections requires the operations token. Enter it at the top, under Tokens.",
  unreachable: "The server cannot be reached. Retrying.",
};

/** Shows each projection with a progress bar, which ends at the head of the store. */
export function showProjections(element) {
  const list = el("ul", { class: "projections" });
  const error = el("p", { class: "error", role: "status", hidden: true });
  const empty = el("li", { class: "empty" });
  fill(
    element,
    el(
      "section",
      { class: "card", "aria-labelledby": "projections-title" },
      el("h3", { id: "projections-title" }, "Projections"),
      list,
      error,
    ),
  );
  const draw = keyed(list, (name) => projectionItem(name, error), empty);
  drawOn([projections, delays, lab, operations], () => {
    const all = projections.get();
    const span = Math.max(MIN_SPAN, ...all.map((each) => Math.ceil(each.lag * 1.1)));
    const slowable = lab.get() === "on";
    const known = operations.get() === "on";
    empty.textContent = MISSING[operations.get()] ?? "Loading…";
    draw(all.map((each) => [each.name, { ...each, span, slowable, known, delay: delays.get()[each.name] ?? 0 }]));
  });
}
