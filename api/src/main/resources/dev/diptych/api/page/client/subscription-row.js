import { openStream } from "../lib/address.js";
import { el, update } from "../lib/dom.js";
import { money } from "../lib/format.js";
import { customerName } from "./catalogue.js";

const PLANS = [
  ["Catalogue", "19.90"],
  ["Collector", "49.00"],
  ["Museum", "120.00"],
];

export function planChoice(id) {
  return el(
    "select",
    { id },
    PLANS.map(([name, price]) => el("option", { value: name }, `${name} · ${price} a month`)),
  );
}

/** The plan and its price, as a command states them. */
export function terms(plan) {
  return { plan, monthly_price: PLANS.find(([name]) => name === plan)[1] };
}

/** The row of a subscription: { element, draw }. */
export function subscriptionRow(id, send) {
  const plan = planChoice(`plan-of-${id}`);
  const who = el("span", { class: "order-who" });
  const price = el("span", { class: "order-total" });
  const status = el("span");
  const button = (label, text, onclick) =>
    el("button", { type: "button", class: "command small", "aria-label": text, onclick }, label);
  const element = el(
    "li",
    { class: "order", "data-id": id },
    el(
      "div",
      { class: "order-what" },
      el("button", { type: "button", class: "link", onclick: () => openStream(`subscription-${id}`) }, id),
      who,
    ),
    price,
    status,
    el(
      "div",
      { class: "actions" },
      el("label", { class: "visually-hidden", for: plan.id }, `New plan of ${id}`),
      plan,
      button("Change", `Change the plan of ${id}`, () =>
        send("ChangePlan", "change-plan", terms(plan.value || "Catalogue")),
      ),
      button("Cancel", `Cancel subscription ${id}`, () =>
        send("CancelSubscription", "cancel", { reason: "no longer wanted" }),
      ),
    ),
  );
  let shown = null;
  return {
    element,
    draw(now) {
      update(element, { "data-status": now.status });
      update(who, { text: customerName(now.customer_id) });
      update(price, { text: `${now.plan}, ${money(now.monthly_price)}` });
      update(status, { class: `status ${now.status}`, text: now.status });
      if (shown !== now.plan) {
        plan.value = shown = now.plan;
      }
    },
  };
}
