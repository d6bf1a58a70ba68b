import { el, fill, update } from "../lib/dom.js";
import { plural } from "../lib/format.js";

/** What each view says of a member of the aggregate's state; nothing, if it has no column for it. */
const MEMBERS = {
  "order-summaries": {
    status: (row) => row.status,
    customer_id: (row) => row.customer_id,
    items: (row) => row.items,
    total: (row) => row.total,
    reason: (row) => row.cancel_reason ?? "",
  },
  "order-list": {
    status: (row) => row.status,
    customer_id: (row) => row.customer_id,
    items: (row) => row.item_count,
    total: (row) => row.total,
  },
};

/**
 * Shows what is true of an aggregate, side by side: its state at a time, and the row of each view as it is now, each
 * with the position that it reflects. Marks what the time has changed, and where a row differs from the aggregate.
 *
 * @returns a function that shows { items, at, views }: the events of the stream, how many of them have happened, and
 *     the rows
 */
export function showTruths(element) {
  const verdict = el("p", { class: "verdict", "aria-live": "polite" });
  const table = el("table", { class: "truths" });
  const stored = el("pre", { tabindex: "0", "aria-label": "Stored event" });
  const details = el("details", {}, el("summary", {}, "Stored event"), stored);
  fill(element, verdict, table, details);
  return ({ items, at, views }) => {
    const now = { items, at, columns: [aggregate(items, at), ...Object.entries(views).map(view(items))] };
    update(verdict, { text: verdictOf(now) });
    fill(table, head(now), body(now));
    update(details, { hidden: at === 0 });
    update(stored, { text: at === 0 ? "" : JSON.stringify(items[at - 1].payload, null, 2) });
  };
}

function aggregate(items, at) {
  const state = items[at - 1]?.state ?? {};
  const before = items[at - 2]?.state ?? {};
  return {
    name: "aggregate",
    version: at,
    position: items[at - 1]?.position,
    value: (member) => state[member],
    isChanged: (member) => text(state[member]) !== text(before[member]),
  };
}

const view =
  (items) =>
  ([name, { row, checkpoint, isCut }]) => ({
    name,
    version: row?.version ?? 0,
    position: items[(row?.version ?? 0) - 1]?.position,
    checkpoint: checkpoint ?? "unknown",
    isKnown: checkpoint !== null && !isCut,
    isCut,
    value: (member) => row && MEMBERS[name][member]?.(row),
    isChanged: () => false,
  });

/** Says in words how the truths differ. */
function verdictOf({ items, at, columns: [truth, ...views] }) {
  if (at < items.length) {
    const then = at === 0 ? "No events, no state." : `The aggregate as it was after ${plural(at, "event")}.`;
    return views.length === 0 ? then : `${then} The rows are as they are now.`;
  }
  const behind = views.filter((each) => each.isKnown && each.version < at).map((each) => lagOf(each, at));
  if (views.some((each) => !each.isKnown)) {
    return views.some((each) => each.isCut)
      ? "The rows are not known: the customer has more orders than are read from the list."
      : "The rows are not known: a view did not answer.";
  }
  const members = ["version", ...membersOf(items)];
  const other = views
    .filter((each) => each.version >= at && members.some((member) => differs(member, each, truth)))
    .map(({ name, version }) => `${name} differs from the aggregate, at version ${version}.`);
  const differences = [...behind, ...other].join(" ");
  return views.length === 0 ? "" : differences || `The aggregate and the rows agree, at version ${at}.`;
}

function membersOf(items) {
  return Object.keys(items.at(-1)?.state ?? {});
}

function valueOf({ version, position, value }, member) {
  return member === "version" ? version : member === "position" ? position : value(member);
}

/** Whether a column has another value than the aggregate; none is no difference. */
function differs(member, column, truth) {
  const value = valueOf(column, member);
  return value !== undefined && value !== null && !isSame(value, valueOf(truth, member));
}

function lagOf({ name, version }, at) {
  return version === 0
    ? `${name} does not have it yet.`
    : `${name} is behind: it has not applied ${plural(at - version, "event")} of this order.`;
}

function head({ columns }) {
  const cells = columns.map(({ name }) => el("th", { scope: "col" }, name));
  return el("thead", {}, el("tr", {}, el("td"), cells));
}

/** Before the first event, there is nothing from which a row could differ. */
function body({ items, at, columns }) {
  const [truth, ...views] = columns;
  const draw = (member) => (each) =>
    cell(valueOf(each, member), {
      differs: at > 0 && differs(member, each, truth),
      changed: each.isChanged(member),
    });
  return el(
    "tbody",
    {},
    line("version", columns, draw("version")),
    line("position", columns, draw("position")),
    views.length > 0 && line("checkpoint", columns, (each) => cell(each.checkpoint, {})),
    membersOf(items).map((member) => line(member, columns, draw(member))),
  );
}

function line(name, columns, draw) {
  return el("tr", { "data-member": name }, el("th", { scope: "row" }, name), columns.map(draw));
}

function cell(value, { differs, changed }) {
  return el(
    "td",
    { class: differs ? "differs" : changed ? "changed" : false },
    value === undefined || value === null ? "–" : text(value),
    differs && el("span", { class: "visually-hidden" }, " (differs)"),
    changed && el("span", { class: "visually-hidden" }, " (changed)"),
  );
}

/** A status is written in capitals in the aggregate; a list has only the number of items. */
function isSame(value, truth) {
  return typeof value === "number" && Array.isArray(truth)
    ? value === truth.length
    : text(value).toLowerCase() === text(truth).toLowerCase();
}

function text(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? "none" : value.map(itemText).join("; ");
  }
  return value !== null && typeof value === "object"
    ? Object.values(value).join(", ")
    : String(value === "" ? "–" : value);
}

function itemText({ quantity, sku, unit_price: price }) {
  return `${quantity} × ${sku} at ${price}`;
}
