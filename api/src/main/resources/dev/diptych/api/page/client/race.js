import { openStream } from "../lib/address.js";
import { el, fill, update } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { errorText, send } from "../lib/http.js";
import { signal } from "../lib/signal.js";
import { raceClient } from "./race-client.js";

/** What tells the orders of a race from others. */
const PREFIX = "race-";

const CLIENTS = [
  { name: "Client A", verb: "pay", label: "Pay", body: { amount: "170.00" } },
  { name: "Client B", verb: "cancel", label: "Cancel", body: { reason: "changed my mind" } },
];

/** The order of the race, { id, token } with the token of its last command; null while no race is shown. */
export const race = signal(null);

/** Places an order, on which two clients are to decide. */
export async function startRace() {
  const id = `${PREFIX}${newId().slice(0, 6)}`;
  const response = await send("POST", "/orders", {
    headers: { "Idempotency-Key": newId() },
    body: { order_id: id, customer_id: "103", items: [{ sku: "S18_1749", quantity: 1, unit_price: "170.00" }] },
  });
  race.set({
    id,
    token: response.headers.get("Consistency-Token"),
    failure: response.ok ? null : errorText(response),
  });
}

export function isOfRace(id) {
  return id.startsWith(PREFIX);
}

/** Shows two clients with conflicting commands, in two columns: the visitor decides which of them comes first. */
export function showRace(tools, element) {
  const toggle = el(
    "button",
    { type: "button", class: "small quiet", id: "race-open", "aria-controls": element.id, onclick: open },
    "Race two clients",
  );
  const title = el("h3", { id: "race-title", tabindex: "-1" }, "Two clients, one order");
  const link = el("button", { type: "button", class: "link", onclick: () => openStream(`order-${race.get().id}`) });
  const failure = el("p", { class: "error", role: "status", hidden: true });
  const clients = CLIENTS.map(raceClient);
  tools.append(toggle);
  fill(
    element,
    el(
      "section",
      { class: "card race", "aria-labelledby": title.id },
      el(
        "div",
        { class: "race-head" },
        title,
        link,
        el("button", { type: "button", class: "quiet small", id: "race-again", onclick: startRace }, "New order"),
      ),
      el("p", { class: "hint" }, "Let both read the order, then send both commands, in the order that you like."),
      failure,
      el(
        "div",
        { class: "race-clients" },
        clients.map((each) => each.element),
      ),
    ),
  );
  race.follow(draw, { immediately: true });

  function draw(now) {
    element.hidden = now === null;
    update(toggle, { "aria-expanded": String(now !== null) });
    update(link, { text: now && `order ${now.id}`, hidden: Boolean(now?.failure) });
    update(failure, { text: now?.failure, hidden: !now?.failure });
    clients.forEach((each) => each.begin(now));
  }

  async function open() {
    if (race.get() !== null) {
      race.set(null);
      return;
    }
    await startRace();
    element.scrollIntoView({ block: "nearest" });
    title.focus();
  }
}
