import { address } from "../lib/address.js";
import { arrows } from "../lib/arrows.js";
import { el, fill, update } from "../lib/dom.js";
import { drawOn } from "../lib/frame.js";
import { keyed } from "../lib/keyed.js";
import { customers } from "./catalogue.js";
import * as clientState from "./state.js";
import { connection, filter, more, showMore } from "./list.js";
import { orderRow } from "./order-row.js";

const STATES = ["placed", "paid", "shipped", "cancelled"];

const CONNECTIONS = {
  loading: "loading…",
  polled: "loaded every 1.5 s",
  connecting: "connecting…",
  live: "live",
  lost: "connection lost, reconnecting…",
  unauthorized: "not authorized",
};

/** The text of a list without rows: it is empty only if the server has said so. */
const WITHOUT_ROWS = {
  loading: "Loading…",
  lost: "The server cannot be reached. Retrying.",
  unauthorized: "Orders require the read token. Enter it at the top, under Access tokens.",
};

/** The list of orders, with pending changes. */
export function showOrders(element) {
  const keys = el("p", { class: "visually-hidden", id: "orders-keys" }, "Arrow keys lead from one order to the next.");
  const list = el("ol", { class: "orders", "aria-label": "Orders", "aria-describedby": keys.id });
  const state = el("span", { class: "connection", role: "status" });
  const next = el("button", { type: "button", class: "quiet", onclick: showMore }, "More orders");
  const empty = el("li", { class: "empty" });
  fill(element, el("div", { class: "filters" }, filters(), state), keys, list, next);
  const limitTab = arrows(list, ".order-what button, .actions > button, .actions summary");
  const draw = keyed(list, orderRow, empty);
  drawOn([clientState.changes, address, connection, more], () => {
    update(state, { text: CONNECTIONS[connection.get()], "data-state": connection.get() });
    update(empty, { text: WITHOUT_ROWS[connection.get()] ?? emptyText() });
    update(next, { hidden: !more.get() });
    draw(clientState.orders().map((order) => [order.order_id, order]));
    limitTab();
  });
}

function emptyText() {
  return Object.values(filter.get()).some(Boolean) ? "No orders match the filter." : "No orders yet. Place one.";
}

function filters() {
  const change = () => filter.set({ customer_id: customer.value, status: status.value });
  const status = el(
    "select",
    { id: "filter-status", onchange: change },
    el("option", { value: "" }, "Any status"),
    STATES.map((each) => el("option", { value: each }, each)),
  );
  const customer = el(
    "select",
    { id: "filter-customer", onchange: change },
    el("option", { value: "" }, "Any customer"),
    customers.map(({ customer_id: id, name }) => el("option", { value: id }, name)),
  );
  filter.follow((now) => {
    update(status, { value: now.status });
    update(customer, { value: now.customer_id });
  });
  return [
    el("label", { class: "visually-hidden", for: status.id }, "Filter by status"),
    status,
    el("label", { class: "visually-hidden", for: customer.id }, "Filter by customer"),
    customer,
  ];
}
