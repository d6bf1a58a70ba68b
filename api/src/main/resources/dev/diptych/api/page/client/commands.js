import { announce } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { errorText, send } from "../lib/http.js";
import { ifMatch, versionIn } from "../lib/version.js";
import { begin } from "../traces.js";
import * as clientState from "./state.js";
import { refresh } from "./list.js";
import { strategy } from "./strategy.js";

/** The commands on an existing order: the body of the request, and the optimistic change of the row. */
const COMMANDS = {
  pay: { name: "PayOrder", body: (order) => ({ amount: order.total }), change: () => ({ status: "paid" }) },
  ship: { name: "ShipOrder", body: () => undefined, change: () => ({ status: "shipped" }) },
  cancel: { name: "CancelOrder", body: (order, reason) => ({ reason }), change: () => ({ status: "cancelled" }) },
};

/** Sends a command on an order, with the version that the client has read as a precondition. */
export function act(verb, order, detail) {
  const command = COMMANDS[verb];
  return dispatch({
    id: order.order_id,
    name: command.name,
    path: `/orders/${order.order_id}/${verb}`,
    body: command.body(order, detail),
    change: command.change(),
    version: clientState.versionOf(order.order_id),
    retry: () => act(verb, clientState.order(order.order_id), detail),
  });
}

/** Places an order with a generated id, so that it can be shown before the response. */
export function place(customerId, items, total) {
  const id = `web-${newId().slice(0, 6)}`;
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
    version: null,
    inForm: true,
  });
}

async function dispatch({ id, name, path, body, change, version, retry, inForm = false }) {
  const key = newId();
  const trace = begin({ name, stream: `order-${id}`, id, key });
  const optimistic = strategy.get() === "optimistic";
  clientState.addPending(id, { key, name, change: optimistic ? change : null, settled: trace.visible });
  const response = await send("POST", path, {
    headers: { "Idempotency-Key": key, ...ifMatch(version) },
    body,
  });
  trace.responded(response);
  if (!response.ok) {
    reject(id, key, name, version, response, retry, inForm);
    return response;
  }
  clientState.accepted(id, key, versionIn(response));
  if (strategy.get() !== "subscription") {
    waitFor(id, key, response.headers.get("Consistency-Token"));
  }
  return response;
}

/** A rejected new order has no row in the list; its form shows the reason. */
function reject(id, key, name, version, response, retry, inForm) {
  const changed = response.status === 412;
  const now = versionIn(response);
  if (changed) {
    clientState.setVersion(id, now);
  }
  const text =
    changed && now && now.history === version.history
      ? `Another client was faster: the order is now at version ${now.version}. The command had no effect.`
      : errorText(response);
  clientState.rollBack(id, key, inForm ? null : { name, text, retry: changed || response.status === 0 ? retry : null });
  announce(`${name} was rejected. ${text}`);
}

/** Polls the list with the token until it reflects the command, and shows its lag meanwhile. */
async function waitFor(id, key, token) {
  for (;;) {
    const response = await refresh({ token });
    if (response.ok) {
      clientState.markVisible(id);
      return;
    }
    if (response.status === 503 && response.json?.behind) {
      clientState.setLag(id, response.json.behind);
    } else if (response.status !== 0 && response.status !== 503) {
      // such as 410: the history of the token has ended
      clientState.markLost(id, key);
      refresh({ quiet: true });
      return;
    }
    await new Promise((resume) => setTimeout(resume, response.status === 0 ? 1000 : 100));
  }
}
