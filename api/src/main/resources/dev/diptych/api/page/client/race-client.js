import { announce, el, fill, update } from "../lib/dom.js";
import { newId } from "../lib/format.js";
import { errorText, send } from "../lib/http.js";
import { ifMatch, versionIn } from "../lib/version.js";

/**
 * A client of the race: it reads the order, and then sends its command with the version that it has read.
 *
 * @returns { element, begin }: `begin` starts again with a race, or with none
 */
export function raceClient({ name, verb, label, body }) {
  let race = null;
  let known = null;
  const title = el("h4", {}, name);
  const state = el("p", { class: "race-state" });
  const button = (text, kind, run) =>
    el(
      "button",
      {
        type: "button",
        class: `${kind} small`,
        "data-verb": text.toLowerCase(),
        "aria-label": `${name}: ${text}`,
        onclick: run,
      },
      text,
    );
  const act = button(label, "command", decide);
  const log = el("ol", { class: "race-log" });
  const element = el(
    "div",
    { class: "race-client", "data-client": name.at(-1) },
    title,
    state,
    el("p", { class: "buttons" }, button("Read", "query", read), act),
    log,
  );
  return { element, begin };

  function begin(next) {
    race = next;
    know(null, "has read nothing yet");
    fill(log);
  }

  function know(version, text) {
    known = version;
    update(act, { disabled: version === null });
    update(state, { text });
  }

  /** Queries with the token of the last command on the order, of whichever client, so that the answer has it. */
  async function read() {
    const asked = race;
    const response = await send("GET", `/orders/${asked.id}`, {
      headers: { ...(asked.token ? { "Consistency-Token": asked.token } : {}), Prefer: "wait=10" },
    });
    if (asked !== race) {
      return;
    }
    if (response.ok) {
      know(versionIn(response), `knows version ${response.json.version}: ${response.json.status}`);
      write("read", `reads version ${response.json.version}: ${response.json.status}`);
    } else {
      write("rejected", errorText(response));
    }
  }

  async function decide() {
    const asked = race;
    const on = known;
    const response = await send("POST", `/orders/${asked.id}/${verb}`, {
      headers: { "Idempotency-Key": newId(), ...ifMatch(on) },
      body,
    });
    if (asked !== race) {
      return;
    }
    const sent = `${verb} at version ${on.version}: ${response.status || "no answer"}`;
    if (response.ok) {
      asked.token = response.headers.get("Consistency-Token");
      const now = versionIn(response);
      know(now, `knows version ${now.version}: its own command`);
      write("accepted", `${sent}. The order is now at version ${now.version}.`);
    } else {
      write("rejected", `${sent}. ${errorText(response)}`);
    }
  }

  function write(kind, text) {
    log.append(el("li", { class: kind }, text));
    log.lastElementChild.scrollIntoView({ block: "nearest" });
    announce(`${name}: ${text}`);
  }
}
