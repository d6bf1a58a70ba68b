import { el, fill } from "../lib/dom.js";
import { drawOn } from "../lib/frame.js";
import { keyed } from "../lib/keyed.js";
import { delays, lab, operations, projections } from "./lab.js";
import { projectionItem } from "./projection-item.js";
import { samples } from "./samples.js";
import { visibility } from "./visibility.js";

const MISSING = {
  unauthorized: "The progress requires the operations token. Enter it at the top, under Access tokens.",
  unreachable: "The server cannot be reached. Retrying.",
};

const LEGEND = [
  ["lag", "lag over the last two minutes"],
  ["pause", "paused"],
  ["rebuild", "rebuild"],
  ["wait", "from the answer until visible"],
];

/** Shows each projection with its lag over time. */
export function showProjections(element) {
  const list = el("ul", { class: "projections", id: "lag" });
  const error = el("p", { class: "error", role: "status", hidden: true });
  const empty = el("li", { class: "empty" });
  fill(
    element,
    el(
      "section",
      { class: "card", "aria-labelledby": "projections-title" },
      el("h3", { id: "projections-title" }, "Projections"),
      el(
        "p",
        { class: "legend" },
        LEGEND.map(([kind, text]) => el("span", { class: `key key-${kind}` }, text)),
      ),
      list,
      error,
    ),
  );
  const draw = keyed(list, (name) => projectionItem(name, error), empty);
  drawOn([projections, delays, lab, operations, samples, visibility], () => {
    const slowable = lab.get() === "on";
    const known = operations.get() === "on";
    empty.textContent = MISSING[operations.get()] ?? "Loading…";
    draw(projections.get().map((each) => [each.name, { ...each, slowable, known, ...past(each.name) }]));
  });
}

const NONE = [];

function past(name) {
  return { delay: delays.get()[name] ?? 0, samples: samples.get(), waits: visibility.get().get(name) ?? NONE };
}
