import { el, fill, update } from "../lib/dom.js";
import { errorText, send } from "../lib/http.js";
import { customers } from "./catalogue.js";

const FIELDS = [
  ["name", "Name"],
  ["street", "Street"],
  ["postal_code", "Postal code"],
  ["city", "City"],
  ["country", "Country"],
];

/**
 * A form over a table, beside the views: what it saves is what it reads, at once, and no event is stored.
 *
 * @returns a function to call when the form becomes visible
 */
export function showAddresses(element) {
  const inputs = FIELDS.map(([key]) => el("input", { id: `address-${key}`, autocomplete: "off" }));
  const customer = el(
    "select",
    { id: "address-customer", onchange: () => load() },
    customers.map(({ customer_id: id, name }) => el("option", { value: id }, name)),
  );
  const outcome = el("p", { class: "outcome", role: "status" });
  const erase = el("button", { type: "button", class: "quiet", id: "erase-address", onclick: () => remove() }, "Erase");
  let tag = null;

  const path = () => `/customers/${customer.value}/address`;
  const say = (text, failed = false) => (fill(outcome, text).className = failed ? "outcome error" : "outcome");
  const show = (response) => {
    tag = response.ok ? response.headers.get("ETag") : null;
    FIELDS.forEach(([key], i) => (inputs[i].value = response.json?.[key] ?? ""));
    update(erase, { disabled: tag === null });
  };
  const load = async () => {
    const asked = path();
    const response = await send("GET", asked, { quiet: true });
    if (asked !== path()) {
      return; // another customer was chosen meanwhile
    }
    show(response.ok ? response : { ok: false });
    if (response.ok || response.status === 404) {
      say(response.ok ? "Read from the table." : "There is no address.");
    } else {
      say(errorText(response), true);
    }
  };
  const change = async (method, body, done) => {
    const headers = tag === null ? { "If-None-Match": "*" } : { "If-Match": tag };
    const response = await send(method, path(), { headers, body });
    if (response.status === 412) {
      await load();
      say("It was changed by another client. This is the address now.", true);
    } else if (response.ok) {
      show(response);
      say(done);
    } else {
      say(errorText(response), true);
    }
  };
  const save = (event) => {
    event.preventDefault();
    const address = Object.fromEntries(FIELDS.map(([key], i) => [key, inputs[i].value]));
    change("PUT", address, "Saved. It can be read at once: there is no view that follows.");
  };
  const remove = () => change("DELETE", undefined, "Erased. Nothing of it is kept.");

  fill(
    element,
    el(
      "form",
      { id: "address-form", class: "addresses", novalidate: true, onsubmit: save },
      el("p", { class: "hint" }, "A table and a form, without commands, events and projections."),
      field("address-customer", "Customer", customer),
      FIELDS.map(([key, label], i) => field(`address-${key}`, label, inputs[i])),
      el("p", { class: "form-end" }, erase, el("button", { type: "submit", class: "command" }, "Save")),
      outcome,
    ),
  );
  return load;
}

function field(id, label, input) {
  return el("p", { class: "field" }, el("label", { for: id }, label), input);
}
