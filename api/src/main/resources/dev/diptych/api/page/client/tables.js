import { el, fill, update } from "../lib/dom.js";
import { money } from "../lib/format.js";
import { exchanges, errorText, send } from "../lib/http.js";
import { keyed } from "../lib/keyed.js";
import { repeat } from "../lib/repeat.js";
import { customerName, productName } from "./catalogue.js";

const LIMIT = 12;
const PAUSE = 1_500;

/** The view of active customers, from the events of orders and subscriptions. */
export function showCustomers(element) {
  return table(element, {
    path: "/customers/active",
    caption: "Customers with an open order or a running subscription",
    columns: ["Customer", "Open orders", "Subscriptions", "Lifetime value"],
    row: ({ customer_id: id, open_orders: orders, running_subscriptions: subscriptions, lifetime_value: value }) => [
      id,
      [customerName(id), orders, subscriptions, money(value)],
    ],
  });
}

/** The view of sales by product. */
export function showProducts(element) {
  return table(element, {
    path: "/products/sales",
    caption: "Products by revenue",
    columns: ["Product", "Orders", "Units", "Revenue"],
    row: ({ sku, orders, units, revenue }) => [sku, [productName(sku), orders, units, money(revenue)]],
  });
}

/**
 * Shows a read model as a table. While the table is visible, it is polled, and queried after every command.
 *
 * @param row returns the key of an item, and the texts of its cells
 * @returns a function to call when the table becomes visible
 */
function table(element, { path, caption, columns, row }) {
  const body = el("tbody");
  const error = el("p", { class: "error", role: "status", hidden: true });
  const heads = columns.map((each, i) => el("th", { scope: "col", class: i > 0 && "number" }, each));
  const head = el("thead", {}, el("tr", {}, heads));
  fill(element, el("table", { class: "rows" }, el("caption", {}, caption), head, body), error);
  const empty = el("tr", {}, el("td", { colspan: columns.length, class: "empty" }, "No rows yet."));
  const draw = keyed(body, () => line(columns), empty);
  const load = async () => {
    if (element.hidden) {
      return;
    }
    const response = await send("GET", `${path}?limit=${LIMIT}`, { quiet: true });
    update(error, { hidden: response.ok, text: response.ok ? "" : errorText(response) });
    if (response.ok) {
      draw(response.json.items.map(row));
    }
  };
  const refresh = repeat(load, () => PAUSE);
  exchanges.follow((exchange) => exchange?.method === "POST" && exchange.response && !element.hidden && refresh());
  return refresh;
}

function line([, ...others]) {
  const cells = [el("th", { scope: "row" }), ...others.map(() => el("td", { class: "number" }))];
  return {
    element: el("tr", {}, cells),
    draw: (texts) => cells.forEach((cell, i) => update(cell, { text: texts[i] })),
  };
}
