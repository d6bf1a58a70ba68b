import { announce } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { errorText, result, send } from "../lib/http.js";
import { ifMatch, versionIn } from "../lib/version.js";
import { begin } from "../band/traces.js";
import * as clientState from "./state.js";
import { refresh } from "./list.js";
import { strategy } from "./strategy.js";

/** The commands on an existing order: the body of the request, and the optimistic change of the row. */
const COMMANDS = {
  pay: { name: "PayOrder", body: (order) => ({ amount: order.total }), change: { status: "paid" } },
  ship: { name: "ShipOrder", body: () => undefined, change: { status: "shipped" } },
  cancel: { name: "CancelOrder", body: (order, reason) => ({ reason }), change: { status: "cancelled" } },
};

/** Sends a command on an order, with the version that the client has read as a precondition. */
export function act(verb, order, detail) {
  const { name, body, change } = COMMANDS[verb];
  const id = order.order_id;
  return dispatch({
    id,
    name,
    path: `/orders/${id}/${verb}`,
    body: body(order, detail),
    change,
    again: () => act(verb, clientState.order(id), detail),
  });
}

/** Places an order with a generated id, so that it can be shown before the response. */
export function place(customerId, items, total) {
  const id = `web-${newId().slice(0, 6)}`;
  return dispatch({
    id,
    name: "PlaceOrder",
    path: "/orders",
    body: { order_id: id, customer_id: customerId, items },
    change: { customer_id: customerId, status: "placed", item_count: items.length, total },
    inForm: true,
  });
}

function dispatch(given) {
  const { id, name, change } = given;
  const key = newId();
  const trace = begin({ name, stream: `order-${id}`, id, key });
  clientState.add(id, { key, name, trace, change: strategy.get() === "optimistic" ? change : null });
  return inTurn(id, () => deliver({ ...given, key, trace }, clientState.versionOf(id)));
}

const turns = new Map();

/** The commands on an order are sent one after the other, so that each has the version after the one before. */
function inTurn(id, task) {
  const turn = (turns.get(id) ?? Promise.resolve()).catch(() => {}).then(task);
  turns.set(id, turn);
  return turn.finally(() => turns.get(id) === turn && turns.delete(id));
}

async function deliver(command, version) {
  const { id, key, path, body, trace } = command;
  const response = await send("POST", path, { headers: { "Idempotency-Key": key, ...ifMatch(version) }, body });
  trace.responded(response, version);
  switch (result(response)) {
    case "accepted":
      clientState.accepted(id, key, versionIn(response));
      if (strategy.get() !== "subscription") {
        waitFor(id, key, response.headers.get("Consistency-Token"));
      }
      break;
    case "unanswered":
      report(command, "unanswered", errorText(response), "Try again with the same key", () => repeat(command, version));
      break;
    case "rejected":
      reject(command, version, response);
  }
  return response;
}

/** Sends the same request under the same key: if it has taken effect, the response is that of the first time. */
function repeat(command, version) {
  command.trace.resent();
  clientState.set(command.id, command.key, { state: "sent" });
  inTurn(command.id, () => deliver(command, version));
}

/** A rejected new order has no row in the list; its form shows the reason. */
function reject(command, version, response) {
  const { id, key, name, again, inForm } = command;
  const changed = response.status === 412;
  const now = versionIn(response);
  if (changed) {
    clientState.setVersion(id, now);
  }
  const text = changed && now && now.history === version?.history ? conflict(id, now) : errorText(response);
  if (inForm) {
    clientState.drop(id, key);
    announce(`${name} was rejected. ${text}`);
  } else {
    report(command, "rejected", text, "Retry with the current version", changed ? again : null);
  }
}

function conflict(id, { version }) {
  return clientState.hasUnanswered(id)
    ? `The order is now at version ${version}, possibly by the command without a response. This one had no effect.`
    : `Another client was faster: the order is now at version ${version}. The command had no effect.`;
}

function report({ id, key, name }, state, text, label, retry) {
  clientState.set(id, key, { state, text, label, retry });
  announce(`${name}: ${text}`);
}

/** The token is of another store, or of a history that has ended. */
const LOST = [400, 410];

/** Polls the list with the token until it reflects the command, and shows its lag meanwhile. */
async function waitFor(id, key, token) {
  let response = await refresh({ token });
  while (!response.ok) {
    if (LOST.includes(response.status)) {
      clientState.markLost(id, key);
      return;
    }
    clientState.set(id, key, { behind: response.json?.behind });
    await new Promise((resume) => setTimeout(resume, response.status === 503 ? 100 : 1000));
    response = await refresh({ token });
  }
  clientState.markVisible(id, key);
}
