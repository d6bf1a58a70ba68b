import { el, fill, update } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { errorText, result, send } from "../lib/http.js";
import { keyed } from "../lib/keyed.js";
import { ifMatch, versionIn } from "../lib/version.js";
import { begin } from "../band/traces.js";
import { customers } from "./catalogue.js";
import { planChoice, subscriptionRow, terms } from "./subscription-row.js";

const KEY = "diptych.subscriptions";
const KEPT = 12;

/** The API has no list of subscriptions, so the page keeps the ids of those that it has started or read. */
let ids = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");

/** Starts, changes and cancels subscriptions; each command waits with its token until the view reflects it. */
export function showSubscriptions(element) {
  const list = el("ol", { class: "orders", "aria-label": "Subscriptions" });
  const outcome = el("div", { class: "outcome", role: "status" });
  const rows = new Map();
  const drawRows = keyed(list, (id) => subscriptionRow(id, (name, verb, body) => change(id, name, verb, body)));
  fill(element, startForm(start), findForm(find), outcome, list);
  return () => ids.forEach((id) => find(id));

  function start(customerId, plan) {
    const id = `web-${newId().slice(0, 6)}`;
    const body = { subscription_id: id, customer_id: customerId, ...terms(plan) };
    command({ id, name: "StartSubscription", path: "/subscriptions", body, version: null });
  }

  function change(id, name, verb, body) {
    command({ id, name, path: `/subscriptions/${id}/${verb}`, body, version: rows.get(id).version });
  }

  function command(given) {
    const { id, name } = given;
    const key = newId();
    deliver({ ...given, key, trace: begin({ name, stream: `subscription-${id}`, id, key }) });
  }

  async function deliver(sent) {
    const { id, name, path, body, version, key, trace } = sent;
    const response = await send("POST", path, { headers: { "Idempotency-Key": key, ...ifMatch(version) }, body });
    trace.responded(response, version);
    if (!response.ok) {
      const retry = () => {
        trace.resent();
        deliver(sent);
      };
      say(`${name}: ${errorText(response)}`, "error", result(response) === "unanswered" ? retry : null);
      return;
    }
    say(`${name} was accepted, at version ${versionIn(response).version}; not visible yet…`);
    if (await find(id, response.headers.get("Consistency-Token"))) {
      trace.visible();
      say(`${name} was accepted, and is visible.`);
    }
  }

  async function find(id, token) {
    const headers = token ? { "Consistency-Token": token, Prefer: "wait=30" } : {};
    const response = await send("GET", `/subscriptions/${encodeURIComponent(id)}`, { headers, quiet: !token });
    if (!response.ok) {
      say(errorText(response), "error");
      return false;
    }
    ids = [id, ...ids.filter((each) => each !== id)].slice(0, KEPT);
    sessionStorage.setItem(KEY, JSON.stringify(ids));
    rows.set(id, { ...response.json, version: versionIn(response) });
    drawRows(ids.filter((each) => rows.has(each)).map((each) => [each, rows.get(each)]));
    return true;
  }

  function say(text, kind = "", retry = null) {
    update(outcome, { class: `outcome ${kind}` });
    const button = { type: "button", class: "command small", "data-focus": "retry", onclick: retry };
    fill(outcome, text, " ", retry && el("button", button, "Try again with the same key"));
  }
}

function startForm(start) {
  const options = customers.map(({ customer_id: id, name }) => el("option", { value: id }, name));
  const customer = el("select", { id: "subscriber" }, options);
  const plan = planChoice("plan");
  const button = el("button", { type: "submit", class: "command" }, "Start subscription");
  return form(
    "place",
    () => start(customer.value, plan.value),
    el("p", { class: "field" }, el("label", { for: "subscriber" }, "Customer"), customer),
    el("p", { class: "field" }, el("label", { for: plan.id }, "Plan"), plan, button),
  );
}

function findForm(find) {
  const id = el("input", { id: "subscription-id", type: "text", placeholder: "sub-145", autocomplete: "off" });
  const button = el("button", { type: "submit", class: "query" }, "Look up");
  return form(
    "place find",
    () => find(id.value.trim()),
    el("p", { class: "field" }, el("label", { for: "subscription-id" }, "Subscription id"), id, button),
  );
}

function form(kind, submit, ...children) {
  const onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  return el("form", { class: kind, onsubmit }, children);
}
