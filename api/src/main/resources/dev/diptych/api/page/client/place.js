import { el, fill } from "../lib/dom.js";
import { amount, cents, money } from "../lib/format.js";
import { allCustomers, allProducts, productLines } from "./catalogue.js";
import { errorText } from "../lib/http.js";
import { place } from "./commands.js";

/** The form that places an order. */
export function showPlace(element) {
  const lines = el("ol", { class: "lines" });
  const total = el("output", { class: "total", for: "place-form" });
  const customer = el(
    "select",
    { id: "customer", name: "customer" },
    allCustomers().map(({ customer_id: id, name }) => el("option", { value: id }, name)),
  );
  const count = () => fill(total, money(amount(sum(lines))));
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
    el("h3", {}, "Place an order"),
    el("p", { class: "field" }, el("label", { for: "customer" }, "Customer"), customer),
    lines,
    el(
      "p",
      { class: "place-end" },
      el("button", { type: "button", class: "quiet", onclick: add }, "Add product"),
      el("span", { class: "sum" }, el("span", {}, "Total"), total),
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
  const products = el(
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
    max: "1000",
    value: "1",
    inputmode: "numeric",
    oninput: count,
  });
  const item = el(
    "li",
    { class: "line" },
    el("label", { class: "visually-hidden", for: products.id }, `Product ${id}`),
    products,
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
    const product = allProducts().find(({ sku }) => sku === each.querySelector(".product").value);
    const quantity = each.querySelector(".quantity").value;
    return {
      sku: product.sku,
      quantity: /^\d+$/.test(quantity) ? Number(quantity) : quantity,
      unit_price: product.unit_price,
    };
  });
}

function sum(lines) {
  return items(lines).reduce((all, { quantity, unit_price: price }) => all + cents(price) * (Number(quantity) || 0), 0);
}

/** The server validates the order; its errors are shown in the form. */
async function submit(event, customer, lines, outcome) {
  event.preventDefault();
  fill(outcome, "Sending…").className = "outcome";
  const response = await place(customer.value, items(lines), amount(sum(lines)));
  if (response.ok) {
    fill(outcome, `Order ${response.json.order_id} was placed.`);
  } else {
    fill(outcome, el("strong", {}, "Not placed: "), errorText(response)).className = "outcome error";
  }
}
