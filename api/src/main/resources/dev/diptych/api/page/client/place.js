import { el, fill, update } from "../lib/dom.js";
import { amount, cents, money } from "../lib/format.js";
import { customers, productLines, products } from "./catalogue.js";
import { errorText, result } from "../lib/http.js";
import { place } from "./commands.js";

const MAX_QUANTITY = 1000;

/** The form that places an order. */
export function showPlace(element) {
  const lines = el("ol", { class: "lines" });
  const output = el("output", { class: "total", for: "place-form" });
  const customer = el(
    "select",
    { id: "customer", name: "customer" },
    customers.map(({ customer_id: id, name }) => el("option", { value: id }, name)),
  );
  const count = () => update(output, { text: total(lines) === null ? "–" : money(total(lines)) });
  const add = () => {
    lines.append(line(lines, count));
    count();
  };
  const outcome = el("p", { class: "outcome", role: "status" });
  const form = el(
    "form",
    {
      id: "place-form",
      class: "place",
      novalidate: true,
      onsubmit: (event) => submit(event, customer, lines, outcome),
    },
    el(
      "div",
      { class: "place-head" },
      el("h3", {}, "Place an order"),
      el("p", { class: "field" }, el("label", { for: "customer" }, "Customer"), customer),
    ),
    lines,
    el(
      "p",
      { class: "place-end" },
      el("button", { type: "button", class: "quiet", onclick: add }, "Add product"),
      el("span", { class: "sum" }, el("span", {}, "Total"), output),
      el("button", { type: "submit", class: "command" }, "Place order"),
    ),
    outcome,
  );
  fill(element, form);
  add();
}

let number = 0;

function line(lines, count) {
  const id = ++number;
  const product = el(
    "select",
    { id: `product-${id}`, class: "product", onchange: count },
    productLines().map(([name, of]) =>
      el(
        "optgroup",
        { label: name },
        of.map(({ sku, name: label, unit_price: price }) => el("option", { value: sku }, `${label} · ${price}`)),
      ),
    ),
  );
  const quantity = el("input", {
    id: `quantity-${id}`,
    class: "quantity",
    type: "number",
    min: "1",
    max: MAX_QUANTITY,
    value: "1",
    inputmode: "numeric",
    oninput: count,
  });
  const item = el(
    "li",
    { class: "line" },
    el("label", { class: "visually-hidden", for: product.id }, `Product ${id}`),
    product,
    el("label", { class: "visually-hidden", for: quantity.id }, `Quantity ${id}`),
    quantity,
    el(
      "button",
      {
        type: "button",
        class: "quiet icon",
        "aria-label": `Remove product ${id}`,
        onclick: () => remove(item, lines, count),
      },
      "×",
    ),
  );
  return item;
}

function remove(item, lines, count) {
  if (lines.children.length > 1) {
    item.remove();
    count();
    lines.lastElementChild.querySelector("select").focus();
  }
}

function items(lines) {
  return [...lines.children].map((each) => {
    const product = products.find(({ sku }) => sku === each.querySelector(".product").value);
    const quantity = each.querySelector(".quantity").value;
    return {
      sku: product.sku,
      quantity: /^\d+$/.test(quantity) ? Number(quantity) : quantity,
      unit_price: product.unit_price,
    };
  });
}

/** Returns the total; null if a quantity is not valid. */
function total(lines) {
  const all = items(lines);
  return all.every(({ quantity }) => Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY)
    ? amount(all.reduce((sum, { quantity, unit_price: price }) => sum + cents(price) * quantity, 0))
    : null;
}

/** The server validates the order; its errors are shown in the form. */
async function submit(event, customer, lines, outcome) {
  event.preventDefault();
  fill(outcome, "Sending…").className = "outcome";
  const response = await place(customer.value, items(lines), total(lines));
  switch (result(response)) {
    case "accepted":
      fill(outcome, `Order ${response.json.order_id} was placed.`);
      break;
    case "unanswered":
      fill(outcome, el("strong", {}, "No response: "), "see the order in the list.").className = "outcome error";
      break;
    case "rejected":
      fill(outcome, el("strong", {}, "Not placed: "), errorText(response)).className = "outcome error";
  }
}
