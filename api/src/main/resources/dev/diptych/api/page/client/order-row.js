import { isOpen, openStream } from "../lib/address.js";
import { el, update } from "../lib/dom.js";
import { money } from "../lib/format.js";
import { keyed } from "../lib/keyed.js";
import { customerName } from "./catalogue.js";
import { act } from "./commands.js";
import * as clientState from "./state.js";

/** The row of an order: { element, draw }, with its pending commands, and those that have failed. */
export function orderRow(id) {
  let now = null;
  const who = el("span", { class: "order-who" });
  const total = el("span", { class: "order-total" });
  const status = el("span");
  const pending = el("p", { class: "pending-text" });
  const failed = el("div", { class: "failures" });
  const drawFailed = keyed(failed, (key) => failure(id, key));
  const link = el(
    "button",
    {
      type: "button",
      class: "link",
      "data-focus": "open",
      "aria-label": `Open the stream of order ${id}`,
      onclick: () => openStream(`order-${id}`),
    },
    id,
  );
  const element = el(
    "li",
    { "data-id": id },
    el("div", { class: "order-what" }, link, who),
    total,
    status,
    actions(id, (verb, detail) => act(verb, now, detail)),
    pending,
    failed,
  );
  return {
    element,
    draw(order) {
      now = order;
      update(element, {
        class: classes(order),
        "data-status": order.status,
        "data-version": order.version ?? 0,
      });
      update(who, { text: order.customer_id && customerName(order.customer_id) });
      update(total, { text: order.total && money(order.total) });
      update(status, { class: `status ${order.status ?? "unknown"}`, text: order.status });
      update(pending, { hidden: order.pending.length === 0, text: order.pending.map(pendingText).join("; ") });
      update(failed, { hidden: order.failed.length === 0 });
      drawFailed(order.failed.map((command) => [command.key, command]));
    },
  };
}

function classes({ order_id: id, pending, optimistic }) {
  const selected = isOpen(`order-${id}`);
  return ["order", optimistic && "optimistic", pending.length > 0 && "pending", selected && "selected"]
    .filter(Boolean)
    .join(" ");
}

function pendingText({ name, change, state, behind }) {
  const done = state === "accepted" ? "accepted, not in this list yet" : "sent";
  return `${name} ${change ? "pending: " : ""}${done}${behind ? `: ${behind} behind` : ""}`;
}

/** All commands in every status: the aggregate decides, and states the reason for a rejection. */
function actions(id, send) {
  const reason = el("input", {
    type: "text",
    value: "ordered by mistake",
    "aria-label": `Reason for cancelling order ${id}`,
    maxlength: "200",
  });
  const button = (verb, label) =>
    el(
      "button",
      {
        type: "button",
        class: "command small",
        "data-focus": verb,
        "aria-label": `${label} order ${id}`,
        onclick: () => send(verb),
      },
      label,
    );
  const form = el(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        cancel.open = false;
        summary.focus();
        send("cancel", reason.value);
      },
    },
    reason,
    el("button", { type: "submit", class: "command small" }, "Cancel order"),
  );
  const summary = el(
    "summary",
    { class: "command small", "data-focus": "cancel", "aria-label": `Cancel order ${id}` },
    "Cancel",
  );
  const cancel = el("details", { class: "cancel" }, summary, form);
  return el("div", { class: "actions" }, button("pay", "Pay"), button("ship", "Ship"), cancel);
}

/** Why a command has failed, and what can be done. */
function failure(id, key) {
  const name = el("strong");
  const text = el("span");
  const dismiss = {
    type: "button",
    class: "quiet small",
    "data-focus": "dismiss",
    "aria-label": `Dismiss the error of order ${id}`,
    onclick: () => clientState.drop(id, key),
  };
  let again = null;
  const retry = el("button", {
    type: "button",
    class: "command small",
    "data-focus": "retry",
    onclick: () => again(),
  });
  return {
    element: el("p", { class: "error" }, name, text, " ", retry, el("button", dismiss, "Dismiss")),
    draw(command) {
      again = command.retry;
      update(name, { text: `${command.name}: ` });
      update(text, { text: command.text });
      update(retry, { text: command.label, hidden: !command.retry });
    },
  };
}
