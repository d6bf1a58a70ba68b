import { el, fill } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { inWords, send } from "../lib/http.js";
import { ifMatch, tag, versionIn } from "../lib/version.js";
import { open } from "./opened.js";

/** Things to try that a desk alone does not show. */
export function showHandsOn(element) {
  const log = el("ol", { class: "race", "aria-live": "polite" });
  const button = el("button", { type: "button", class: "command", id: "race", onclick: () => race(log, button) }, "Race two clients");
  fill(
    element,
    el(
      "section",
      { class: "card", "aria-labelledby": "hands-on-title" },
      el("h3", { id: "hands-on-title" }, "Hands on"),
      el(
        "ul",
        { class: "tries" },
        el("li", {}, "Pause ", el("code", {}, "order-list"), ", then pay an order: the lag grows, and the desk waits. Resume, and it drains."),
        el("li", {}, "Rebuild a projection: its rows are thrown away, and made again from the first event."),
        el("li", {}, "Ship what has not been paid: the aggregate refuses, and says why."),
      ),
      el("p", { class: "race-start" }, button, el("span", { class: "hint" }, "Two clients read one order and decide at the same moment: one pays, one cancels.")),
      log,
    ),
  );
}

/** Both have read version 1, and state it: so one of the two must be told that it has decided on what is no longer so. */
async function race(log, button) {
  button.disabled = true;
  const id = `race-${newId().slice(0, 6)}`;
  const say = (words, kind = "") => log.append(el("li", { class: kind }, words));
  fill(log);
  try {
    const placed = await send("POST", "/orders", {
      headers: { "Idempotency-Key": newId() },
      body: { order_id: id, customer_id: "103", items: [{ sku: "S18_1749", quantity: 1, unit_price: "170.00" }] },
    });
    if (!placed.ok) {
      say(inWords(placed), "refused");
      return;
    }
    open(`order-${id}`);
    say(`Order ${id} is at version 1, and both clients have read it.`);
    const runners = [
      { name: "Client A", verb: "pay", body: { amount: "170.00" } },
      { name: "Client B", verb: "cancel", body: { reason: "changed my mind" } },
    ];
    const seen = versionIn(placed);
    const answers = await Promise.all(runners.map((each) => run(id, each, seen)));
    answers.forEach((answer, i) => say(told(runners[i], seen, answer), answer.ok ? "done" : "refused"));
    const loser = answers.findIndex((answer) => answer.status === 412);
    if (loser >= 0) {
      await retry(id, runners[loser], answers[1 - loser], say);
    }
  } finally {
    button.disabled = false;
  }
}

/** It looks again, waiting for what was written, decides anew, and states what it has seen. */
async function retry(id, runner, winner, say) {
  const look = await send("GET", `/orders/${id}`, {
    headers: { "Consistency-Token": winner.headers.get("Consistency-Token"), Prefer: "wait=10" },
  });
  if (!look.ok) {
    say(`${runner.name} looks again: ${inWords(look)}`, "refused");
    return;
  }
  say(`${runner.name} reads again: version ${look.json.version}, ${look.json.status}.`);
  const answer = await run(id, runner, versionIn(look));
  say(told(runner, versionIn(look), answer), answer.ok ? "done" : "refused");
}

function run(id, { verb, body }, seen) {
  return send("POST", `/orders/${id}/${verb}`, { headers: { "Idempotency-Key": newId(), ...ifMatch(seen) }, body });
}

function told({ name, verb }, seen, answer) {
  const outcome = answer.ok ? `${answer.status}, now at version ${versionIn(answer).version}` : `${answer.status}: ${inWords(answer)}`;
  return `${name} sends ${verb} with If-Match ${tag(seen)} and is answered ${outcome}`;
}
