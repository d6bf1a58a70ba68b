import { byId, el, fill } from "../lib/dom.js";
import { money, time } from "../lib/format.js";
import { open, opened } from "../machinery/opened.js";
import { allCustomers, customerName } from "./catalogue.js";
import { act } from "./commands.js";
import * as ledger from "./ledger.js";
import { connection, filter, more, showMore } from "./list.js";

const STATES = ["placed", "paid", "shipped", "cancelled"];

const CONNECTIONS = {
  asked: "asked for when needed",
  connecting: "connecting…",
  live: "live",
  lost: "connection lost, trying again…",
};

/** The orders, as the read model has them and as the desk hopes that they are. */
export function showOrders(element) {
  const list = el("ol", { class: "orders", "aria-label": "Orders" });
  const state = el("span", { class: "connection", role: "status" });
  const next = el("button", { type: "button", class: "quiet", onclick: showMore }, "More orders");
  fill(element, el("div", { class: "filters" }, filters(), state), list, next);
  connection.follow((now) => fill(state, CONNECTIONS[now]).setAttribute("data-state", now), { atOnce: true });
  more.follow((now) => (next.hidden = !now), { atOnce: true });
  ledger.changes.follow(() => draw(list), { atOnce: true });
  opened.follow(() => draw(list));
}

function filters() {
  const change = () =>
    filter.set({ customer_id: byId("filter-customer").value, status: byId("filter-status").value });
  return [
    el("label", { class: "visually-hidden", for: "filter-status" }, "Only orders that are"),
    el("select", { id: "filter-status", onchange: change }, el("option", { value: "" }, "Any state"), STATES.map((each) => el("option", { value: each }, each))),
    el("label", { class: "visually-hidden", for: "filter-customer" }, "Only orders of"),
    el(
      "select",
      { id: "filter-customer", onchange: change },
      el("option", { value: "" }, "Any customer"),
      allCustomers().map(({ customer_id: id, name }) => el("option", { value: id }, name)),
    ),
  ];
}

/** Draws the list again, row by row: a row that has not changed stays the element that it was, with its focus. */
function draw(list) {
  const known = new Map([...list.children].map((row) => [row.dataset.id, row]));
  const rows = ledger.orders().map((order) => {
    const print = JSON.stringify(order) + (opened.get() === `order-${order.order_id}`);
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
      class: ["order", order.optimistic && "hoped", order.pending && "waiting", opened.get() === `order-${id}` && "opened"].filter(Boolean).join(" "),
      "data-id": id,
      "data-status": order.status,
      "data-version": order.version ?? 0,
    },
    el(
      "div",
      { class: "order-what" },
      el("button", { type: "button", class: "link", "data-focus": "open", "aria-label": `Open the stream of order ${id}`, onclick: () => open(`order-${id}`) }, id),
      el("span", { class: "order-who" }, order.customer_id ? customerName(order.customer_id) : ""),
    ),
    order.total && el("span", { class: "order-total" }, money(order.total)),
    order.status && el("span", { class: `status ${order.status}` }, order.status),
    el("span", { class: "order-when" }, order.placed_at ? time(order.placed_at) : ""),
    actions(order),
    order.pending && el("p", { class: "pending-words" }, waitingWords(order)),
    order.trouble && trouble(id, order.trouble),
  );
  row.print = print;
  const typed = old?.querySelector("details[open] input")?.value;
  if (typed !== undefined && row.querySelector("details")) {
    row.querySelector("details").open = true;
    row.querySelector("details input").value = typed;
  }
  return row;
}

function waitingWords({ pending, optimistic }) {
  const done = pending.version ? "done, and not yet in this list" : "sent";
  const behind = pending.behind ? `: ${pending.behind} behind` : "";
  return `${pending.name} ${optimistic ? "pending: " : ""}${done}${behind}`;
}

/** All three, whatever the state: what is possible is for the aggregate to say, in words. */
function actions(order) {
  const id = order.order_id;
  const reason = el("input", { type: "text", value: "ordered by mistake", "aria-label": `Why order ${id} is cancelled`, maxlength: "200" });
  const button = (verb, label) =>
    el("button", { type: "button", class: "command small", "data-focus": verb, "aria-label": `${label} order ${id}`, onclick: () => act(verb, order) }, label);
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
        el("button", { type: "submit", class: "command small" }, "Cancel it"),
      ),
    ),
  );
}

function trouble(id, { name, words, retry }) {
  return el(
    "p",
    { class: "trouble" },
    el("strong", {}, `${name}: `),
    words,
    " ",
    retry && el("button", { type: "button", class: "command small", "data-focus": "retry", onclick: retry }, "Try again on that"),
    el("button", { type: "button", class: "quiet small", "data-focus": "forgive", "aria-label": `Put the message about order ${id} away`, onclick: () => ledger.forgive(id) }, "Put away"),
  );
}
