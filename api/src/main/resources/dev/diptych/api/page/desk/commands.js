import { announce } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { inWords, send } from "../lib/http.js";
import { ifMatch, versionIn } from "../lib/version.js";
import { begin } from "../hinge.js";
import * as ledger from "./ledger.js";
import { refresh } from "./list.js";
import { way } from "./way.js";

/** The commands on an order that exists: what is sent, and what the order will look like when it is done. */
const COMMANDS = {
  pay: { name: "PayOrder", body: (order) => ({ amount: order.total }), change: () => ({ status: "paid" }) },
  ship: { name: "ShipOrder", body: () => undefined, change: () => ({ status: "shipped" }) },
  cancel: { name: "CancelOrder", body: (order, reason) => ({ reason }), change: () => ({ status: "cancelled" }) },
};

/** Sends a command on an order, decided on the version that the desk has seen. */
export function act(verb, order, detail) {
  const command = COMMANDS[verb];
  return dispatch({
    id: order.order_id,
    name: command.name,
    path: `/orders/${order.order_id}/${verb}`,
    body: command.body(order, detail),
    change: command.change(),
    seen: ledger.versionOf(order.order_id),
    again: () => act(verb, ledger.order(order.order_id), detail),
  });
}

/** Places an order under an id that this desk has made, so that it can be shown before the answer is there. */
export function place(customerId, items, total) {
  const id = `desk-${newId().slice(0, 6)}`;
  const now = new Date().toISOString();
  return dispatch({
    id,
    name: "PlaceOrder",
    path: "/orders",
    body: { order_id: id, customer_id: customerId, items },
    change: {
      order_id: id,
      customer_id: customerId,
      status: "placed",
      item_count: items.length,
      total,
      placed_at: now,
      updated_at: now,
      version: 0,
    },
    seen: null,
    inForm: true,
  });
}

async function dispatch({ id, name, path, body, change, seen, again, inForm = false }) {
  const key = newId();
  const crossing = begin({ name, stream: `order-${id}`, id, key });
  const optimistic = way.get() === "optimistic";
  ledger.pend(id, { key, name, change: optimistic ? change : null, settled: crossing.seen });
  const answer = await send("POST", path, {
    headers: { "Idempotency-Key": key, ...ifMatch(seen) },
    body,
  });
  crossing.answered(answer);
  if (!answer.ok) {
    refuse(id, key, name, seen, answer, again, inForm);
    return answer;
  }
  ledger.accepted(id, key, versionIn(answer));
  if (way.get() !== "subscription") {
    waitFor(id, key, answer.headers.get("Consistency-Token"));
  }
  return answer;
}

/** What the form says itself is not said in the list again, which has no row for it. */
function refuse(id, key, name, seen, answer, again, inForm) {
  const changed = answer.status === 412;
  const now = versionIn(answer);
  if (changed) {
    ledger.learn(id, now);
  }
  const words = changed && now && now.history === seen.history
    ? `Somebody was faster: it is at version ${now.version} now. Nothing was done.`
    : inWords(answer);
  ledger.takeBack(id, key, inForm ? null : { name, words, retry: changed || answer.status === 0 ? again : null });
  announce(`${name} was not done. ${words}`);
}

/** Asks for the list with the token until it shows the write; says meanwhile how far it is away. */
async function waitFor(id, key, token) {
  for (;;) {
    const answer = await refresh({ token });
    if (answer.ok) {
      ledger.visible(id);
      return;
    }
    if (answer.status === 503 && answer.json?.behind) {
      ledger.behind(id, answer.json.behind);
    } else if (answer.status !== 0 && answer.status !== 503) { // above all 410: the token is of a history that has ended
      ledger.lose(id, key);
      refresh({ quiet: true });
      return;
    }
    await new Promise((resume) => setTimeout(resume, answer.status === 0 ? 1000 : 100));
  }
}
