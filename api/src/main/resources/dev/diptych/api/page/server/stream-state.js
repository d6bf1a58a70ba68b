import { el } from "../lib/dom.js";

/** The state after an event; marks the changes. */
export function stateAfter(event, before) {
  if (!event) {
    return el("p", { class: "empty" }, "No events, no state.");
  }
  const old = before?.state ?? {};
  return [
    el(
      "dl",
      { class: "state-after" },
      Object.entries(event.state ?? {}).map(([name, value]) => member(name, value, old[name])),
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
