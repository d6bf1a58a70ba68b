import { byId, el, fill } from "../lib/dom.js";
import { money, time } from "../lib/format.js";
import { open, openStream } from "../server/open-stream.js";
import { allCustomers, customerName } from "./catalogue.js";
import { act } from "./commands.js";
import * as clientState from "./state.js";
import { connection, filter, more, showMore } from "./list.js";

const STATES = ["placed", "paid", "shipped", "cancelled"];

const CONNECTIONS = {
  "on-request": "loaded on request",
  connecting: "connecting…",
  live: "live",
  lost: "connection lost, reconnecting…",
};

/** The list of orders, with pending changes. */
export function showOrders(element) {
  const list = el("ol", { class: "orders", "aria-label": "Orders" });
  const state = el("span", { class: "connection", role: "status" });
  const next = el("button", { type: "button", class: "quiet", onclick: showMore }, "More orders");
  fill(element, el("div", { class: "filters" }, filters(), state), list, next);
  connection.follow((now) => fill(state, CONNECTIONS[now]).setAttribute("data-state", now), { immediately: true });
  more.follow((now) => (next.hidden = !now), { immediately: true });
  clientState.changes.follow(() => draw(list), { immediately: true });
  openStream.follow(() => draw(list));
}

function filters() {
  const change = () => filter.set({ customer_id: byId("filter-customer").value, status: byId("filter-status").value });
  return [
    el("label", { class: "visually-hidden", for: "filter-status" }, "Filter by status"),
    el(
      "select",
      { id: "filter-status", onchange: change },
      el("option", { value: "" }, "Any status"),
      STATES.map((each) => el("option", { value: each }, each)),
    ),
    el("label", { class: "visually-hidden", for: "filter-customer" }, "Filter by customer"),
    el(
      "select",
      { id: "filter-customer", onchange: change },
      el("option", { value: "" }, "Any customer"),
      allCustomers().map(({ customer_id: id, name }) => el("option", { value: id }, name)),
    ),
  ];
}

/** Draws the list; keeps the elements of unchanged rows, with the focus. */
function draw(list) {
  const known = new Map([...list.children].map((row) => [row.dataset.id, row]));
  const rows = clientState.orders().map((order) => {
    const print = JSON.stringify(order) + (openStream.get() === `order-${order.order_id}`);
    const old = known.get(order.order_id);
    return old?.print === print ? old : drawn(order, print, old);
  });
  if (rows.length === 0) {
    rows.push(el("li", { class: "empty" }, "No orders yet. Place one."));
  }
  const focus = document.activeElement?.dataset?.focus;
  const within = document.activeElement?.closest("[data-id]")?.dataset.id;
  if (rows.length !== list.children.length || rows.some((row, i) => row !== list.children[i])) {
    list.replaceChildren(...rows);
    refocus(list, within, focus);
  }
}

function refocus(list, id, name) {
  if (id && name && document.activeElement === document.body) {
    list.querySelector(`[data-id="${id}"] [data-focus="${name}"]`)?.focus();
  }
}

function drawn(order, print, old) {
  const id = order.order_id;
  const row = el(
    "li",
    {
      class: [
        "order",
        order.optimistic && "optimistic",
        order.pending && "pending",
        openStream.get() === `order-${id}` && "selected",
      ]
        .filter(Boolean)
        .join(" "),
      "data-id": id,
      "data-status": order.status,
      "data-version": order.version ?? 0,
    },
    el(
      "div",
      { class: "order-what" },
      el(
        "button",
        {
          type: "button",
          class: "link",
          "data-focus": "open",
          "aria-label": `Open the stream of order ${id}`,
          onclick: () => open(`order-${id}`),
        },
        id,
      ),
      el("span", { class: "order-who" }, order.customer_id ? customerName(order.customer_id) : ""),
    ),
    order.total && el("span", { class: "order-total" }, money(order.total)),
    order.status && el("span", { class: `status ${order.status}` }, order.status),
    el("span", { class: "order-when" }, order.placed_at ? time(order.placed_at) : ""),
    actions(order),
    order.pending && el("p", { class: "pending-text" }, pendingText(order)),
    order.error && error(id, order.error),
  );
  row.print = print;
  const typed = old?.querySelector("details[open] input")?.value;
  if (typed !== undefined && row.querySelector("details")) {
    row.querySelector("details").open = true;
    row.querySelector("details input").value = typed;
  }
  return row;
}

function pendingText({ pending, optimistic }) {
  const done = pending.version ? "accepted, not in this list yet" : "sent";
  const behind = pending.behind ? `: ${pending.behind} behind` : "";
  return `${pending.name} ${optimistic ? "pending: " : ""}${done}${behind}`;
}

/** All commands in every status: the aggregate decides, and states the reason for a rejection. */
function actions(order) {
  const id = order.order_id;
  const reason = el("input", {
    type: "text",
    value: "ordered by mistake",
    "aria-label": `Reason for cancelling order ${id}`,
    maxlength: "200",
  });
  const button = (verb, label) =>
    el(
      "button",
      {
        type: "button",
        class: "command small",
        "data-focus": verb,
        "aria-label": `${label} order ${id}`,
        onclick: () => act(verb, order),
      },
      label,
    );
  return el(
    "div",
    { class: "actions" },
    button("pay", "Pay"),
    button("ship", "Ship"),
    el(
      "details",
      { class: "cancel" },
      el("summary", { class: "command small", "data-focus": "cancel", "aria-label": `Cancel order ${id}` }, "Cancel"),
      el(
        "form",
        {
          onsubmit: (event) => {
            event.preventDefault();
            event.target.closest("details").open = false;
            act("cancel", order, reason.value);
          },
        },
        reason,
        el("button", { type: "submit", class: "command small" }, "Cancel order"),
      ),
    ),
  );
}

function error(id, { name, text, retry }) {
  return el(
    "p",
    { class: "error" },
    el("strong", {}, `${name}: `),
    text,
    " ",
    retry &&
      el(
        "button",
        { type: "button", class: "command small", "data-focus": "retry", onclick: retry },
        "Retry with the current version",
      ),
    el(
      "button",
      {
        type: "button",
        class: "quiet small",
        "data-focus": "dismiss",
        "aria-label": `Dismiss the error of order ${id}`,
        onclick: () => clientState.dismissError(id),
      },
      "Dismiss",
    ),
  );
}
