import { el, fill } from "../lib/dom.js";
import { money, newId } from "../lib/format.js";
import { errorText, send } from "../lib/http.js";
import { ifMatch, versionIn } from "../lib/version.js";
import { begin } from "../traces.js";
import { open } from "../server/open-stream.js";
import { allCustomers, customerName } from "./catalogue.js";

const PLANS = [
  ["Catalogue", "19.90"],
  ["Collector", "49.00"],
  ["Museum", "120.00"],
];
const KEY = "diptych.subscriptions";

/** The API has no list of subscriptions, so the page keeps the ids of those that it has started or read. */
let ids = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");

/** Starts, changes and cancels subscriptions; each command waits with its token until the view reflects it. */
export function showSubscriptions(element) {
  const list = el("ol", { class: "orders", "aria-label": "Subscriptions" });
  const outcome = el("p", { class: "outcome", role: "status" });
  const customer = el(
    "select",
    { id: "subscriber" },
    allCustomers().map(({ customer_id: id, name }) => el("option", { value: id }, name)),
  );
  const plan = planChoice("plan");
  const id = el("input", { id: "subscription-id", type: "text", placeholder: "sub-145", autocomplete: "off" });
  fill(
    element,
    el(
      "form",
      {
        class: "place",
        onsubmit: (event) => {
          event.preventDefault();
          startOne(customer.value, plan.value, list, outcome);
        },
      },
      el("p", { class: "field" }, el("label", { for: "subscriber" }, "Customer"), customer),
      el(
        "p",
        { class: "field" },
        el("label", { for: plan.id }, "Plan"),
        plan,
        el("button", { type: "submit", class: "command" }, "Start subscription"),
      ),
    ),
    el(
      "form",
      {
        class: "place find",
        onsubmit: (event) => {
          event.preventDefault();
          find(id.value.trim(), list, outcome);
        },
      },
      el(
        "p",
        { class: "field" },
        el("label", { for: "subscription-id" }, "Subscription id"),
        id,
        el("button", { type: "submit", class: "query" }, "Look up"),
      ),
    ),
    outcome,
    list,
  );
  return () => ids.forEach((each) => find(each, list, outcome));
}

function planChoice(id) {
  return el(
    "select",
    { id },
    PLANS.map(([name, price]) => el("option", { value: name }, `${name} · ${price} a month`)),
  );
}

function terms(plan) {
  return { plan, monthly_price: PLANS.find(([name]) => name === plan)[1] };
}

async function startOne(customerId, plan, list, outcome) {
  const id = `web-${newId().slice(0, 6)}`;
  await command(
    "StartSubscription",
    id,
    "/subscriptions",
    { subscription_id: id, customer_id: customerId, ...terms(plan) },
    list,
    outcome,
  );
}

async function command(name, id, path, body, list, outcome, version = null) {
  const key = newId();
  const trace = begin({ name, stream: `subscription-${id}`, id, key });
  const response = await send("POST", path, { headers: { "Idempotency-Key": key, ...ifMatch(version) }, body });
  trace.responded(response);
  if (!response.ok) {
    fill(outcome, el("strong", {}, `${name}: `), errorText(response)).className = "outcome error";
    return;
  }
  fill(outcome, `${name} was accepted, at version ${versionIn(response).version}; not visible yet…`).className =
    "outcome";
  if (await find(id, list, outcome, response.headers.get("Consistency-Token"))) {
    trace.visible();
    fill(outcome, `${name} was accepted, and is visible.`);
  }
}

async function find(id, list, outcome, token) {
  const path = `/subscriptions/${encodeURIComponent(id)}`;
  const headers = token ? { "Consistency-Token": token, Prefer: "wait=30" } : {};
  const response = await send("GET", path, { headers, quiet: !token });
  if (!response.ok) {
    fill(outcome, errorText(response)).className = "outcome error";
    return false;
  }
  ids = [id, ...ids.filter((each) => each !== id)].slice(0, 12);
  sessionStorage.setItem(KEY, JSON.stringify(ids));
  const row = drawn(response.json, versionIn(response), list, outcome);
  const old = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  old ? old.replaceWith(row) : list.prepend(row);
  return true;
}

function drawn(subscription, version, list, outcome) {
  const id = subscription.subscription_id;
  const plan = planChoice(`plan-of-${id}`);
  plan.value = subscription.plan;
  const act = (name, verb, body) => command(name, id, `/subscriptions/${id}/${verb}`, body, list, outcome, version);
  return el(
    "li",
    { class: "order", "data-id": id, "data-status": subscription.status },
    el(
      "div",
      { class: "order-what" },
      el("button", { type: "button", class: "link", onclick: () => open(`subscription-${id}`) }, id),
      el("span", { class: "order-who" }, customerName(subscription.customer_id)),
    ),
    el("span", { class: "order-total" }, `${subscription.plan}, ${money(subscription.monthly_price)}`),
    el("span", { class: `status ${subscription.status}` }, subscription.status),
    el(
      "div",
      { class: "actions" },
      el("label", { class: "visually-hidden", for: plan.id }, `New plan of ${id}`),
      plan,
      el(
        "button",
        {
          type: "button",
          class: "command small",
          "aria-label": `Change the plan of ${id}`,
          onclick: () => act("ChangePlan", "change-plan", terms(plan.value || "Catalogue")),
        },
        "Change",
      ),
      el(
        "button",
        {
          type: "button",
          class: "command small",
          "aria-label": `Cancel subscription ${id}`,
          onclick: () => act("CancelSubscription", "cancel", { reason: "no longer wanted" }),
        },
        "Cancel",
      ),
    ),
  );
}
