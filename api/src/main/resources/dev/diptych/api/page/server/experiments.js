import { openStream } from "../lib/address.js";
import { el, fill } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { errorText, send } from "../lib/http.js";
import { ifMatch, tag, versionIn } from "../lib/version.js";

/** Experiments, and two clients with conflicting commands. */
export function showExperiments(element) {
  const log = el("ol", { class: "race", "aria-live": "polite" });
  const button = el(
    "button",
    { type: "button", class: "command", id: "race", onclick: () => race(log, button) },
    "Race two clients",
  );
  fill(
    element,
    el(
      "section",
      { class: "card", "aria-labelledby": "experiments-title" },
      el("h3", { id: "experiments-title" }, "Experiments"),
      el(
        "ul",
        { class: "experiments" },
        el(
          "li",
          {},
          "Pause ",
          el("code", {}, "order-list"),
          ", then pay an order: the lag grows, and the client waits. Resume it: the lag returns to 0.",
        ),
        el("li", {}, "Rebuild a projection: it applies all events to a copy, while the rows that serve stay."),
        el("li", {}, "Ship an unpaid order: the aggregate rejects the command, and states the reason."),
      ),
      el(
        "p",
        { class: "race-start" },
        button,
        el(
          "span",
          { class: "hint" },
          "Two clients read the same order and send commands concurrently: one pays, one cancels.",
        ),
      ),
      log,
    ),
  );
}

/** Both clients send version 1 as a precondition, so one of the commands must be rejected. */
async function race(log, button) {
  button.disabled = true;
  const id = `race-${newId().slice(0, 6)}`;
  const write = (text, kind = "", ...more) => {
    log.append(el("li", { class: kind }, text, ...more));
    showLast(log);
  };
  fill(log);
  keepInSight(log);
  try {
    const placed = await send("POST", "/orders", {
      headers: { "Idempotency-Key": newId() },
      body: { order_id: id, customer_id: "103", items: [{ sku: "S18_1749", quantity: 1, unit_price: "170.00" }] },
    });
    if (!placed.ok) {
      write(errorText(placed), "rejected");
      return;
    }
    const link = { type: "button", class: "link", onclick: () => openStream(`order-${id}`) };
    write("Both clients have read version 1 of ", "", el("button", link, `order ${id}`), ".");
    const clients = [
      { name: "Client A", verb: "pay", body: { amount: "170.00" } },
      { name: "Client B", verb: "cancel", body: { reason: "changed my mind" } },
    ];
    const version = versionIn(placed);
    const responses = await Promise.all(clients.map((each) => run(id, each, version)));
    responses.forEach((response, i) =>
      write(outcome(clients[i], version, response), response.ok ? "accepted" : "rejected"),
    );
    const rejected = responses.findIndex((response) => response.status === 412);
    if (rejected >= 0) {
      await retry(id, clients[rejected], responses[1 - rejected], write);
    }
  } finally {
    button.disabled = false;
  }
}

function showLast(log) {
  log.lastElementChild?.scrollIntoView({ block: "nearest" });
}

/** Events and exchanges that arrive later make the cards above longer. Ends when the visitor moves. */
function keepInSight(log) {
  const moved = new AbortController();
  const grown = new ResizeObserver(() => showLast(log));
  [...log.closest(".panel").children].forEach((each) => grown.observe(each));
  moved.signal.addEventListener("abort", () => grown.disconnect());
  ["wheel", "touchmove", "keydown", "pointerdown"].forEach((each) =>
    addEventListener(each, () => moved.abort(), { signal: moved.signal }),
  );
}

/** The rejected client reads the order again, with the token of the other command, and retries with the new version. */
async function retry(id, client, accepted, write) {
  const order = await send("GET", `/orders/${id}`, {
    headers: { "Consistency-Token": accepted.headers.get("Consistency-Token"), Prefer: "wait=10" },
  });
  if (!order.ok) {
    write(`${client.name} reads again: ${errorText(order)}`, "rejected");
    return;
  }
  write(`${client.name} reads again: version ${order.json.version}, ${order.json.status}.`);
  const response = await run(id, client, versionIn(order));
  write(outcome(client, versionIn(order), response), response.ok ? "accepted" : "rejected");
}

function run(id, { verb, body }, version) {
  return send("POST", `/orders/${id}/${verb}`, { headers: { "Idempotency-Key": newId(), ...ifMatch(version) }, body });
}

function outcome({ name, verb }, version, response) {
  const result = response.ok
    ? `${response.status}, now at version ${versionIn(response).version}`
    : `${response.status}: ${errorText(response)}`;
  return `${name} sends ${verb} with If-Match ${tag(version)} and receives ${result}`;
}
