import { el, fill, setProperty, update } from "../lib/dom.js";
import { duration, plural } from "../lib/format.js";
import { errorText, send } from "../lib/http.js";
import { poll } from "./lab.js";
import { lagChart, waitText } from "./lag.js";

const DELAYS = [0, 200, 500, 2000];

/** So many positions have a tick of their own in the bar of a rebuild. */
const FINE = 60;

/** A projection: its lag, now and over time, its checkpoint, its rebuild, and what can be done with it. */
export function projectionItem(name, error) {
  const chart = lagChart(name);
  const copy = progressBar(`Checkpoint of the copy of ${name}`);
  const position = el("span", { class: "position" });
  const lag = el("span", { class: "lag" });
  const wait = el("span", { class: "wait-text" });
  const state = el("span", { class: "state" });
  const failure = el("p", { class: "error" });
  const copyText = el("span", { class: "copy-text" });
  let wasRebuilding = false;
  const button = (verb, label) =>
    el(
      "button",
      {
        type: "button",
        class: "quiet small",
        "data-verb": verb,
        "aria-label": `${label} ${name}`,
        onclick: (event) => act(event.currentTarget.dataset.verb),
      },
      label,
    );
  const pause = button("pause", "Pause");
  const slow = el(
    "select",
    {
      class: "small",
      "aria-label": `Slow ${name} down`,
      onchange: () => operate(`/lab/projections/${name}/slow`, { delay_ms: Number(slow.value) }, error),
    },
    DELAYS.map((delay) => el("option", { value: String(delay) }, delay === 0 ? "full speed" : `${delay} ms/event`)),
  );
  const buttons = el("span", { class: "buttons" }, slow, pause, button("rebuild", "Rebuild"));
  const cancel = button("rebuild/cancel", "Cancel rebuild");
  const rebuild = el("div", { class: "rebuild" }, copy.element, copyText, cancel);
  const element = el(
    "li",
    { class: "projection", "data-projection": name },
    el("div", { class: "projection-head" }, el("span", { class: "name" }, name), state, wait, lag, position),
    el("div", { class: "projection-foot" }, chart.element, buttons),
    rebuild,
    failure,
  );
  return { element, draw };

  async function act(verb) {
    const response = await operate(`/projections/${name}/${verb}`, undefined, error);
    wasRebuilding ||= verb === "rebuild" && response.ok;
  }

  function draw(now) {
    const shown = now.known ? now.state : "unknown";
    const verb = now.state === "paused" ? "Resume" : "Pause";
    chart.draw(now.samples, now.waits);
    update(element, {
      class: now.delay > 0 ? "projection slowed" : "projection",
      "data-lag": now.lag,
      "data-state": shown,
      "data-rebuilding": String(now.rebuild !== undefined),
    });
    update(wait, { text: waitText(now.waits) });
    update(position, { text: `at ${now.position} of ${now.head}` });
    update(lag, { text: now.known ? lagText(now.lag) : "as of the last response" });
    update(state, { text: shown, "data-state": shown });
    update(pause, { text: verb, "data-verb": verb.toLowerCase(), "aria-label": `${verb} ${name}` });
    update(slow, { hidden: !now.slowable });
    if (document.activeElement !== slow) {
      update(slow, { value: String(now.delay) });
    }
    update(failure, { hidden: !now.last_error, text: now.last_error && failureText(now.last_error) });
    wasRebuilding ||= now.rebuild !== undefined;
    update(rebuild, { hidden: !wasRebuilding });
    update(copy.element, { hidden: !now.rebuild });
    update(cancel, { hidden: !now.rebuild });
    update(copyText, { text: now.rebuild ? rebuildText(now.rebuild, now.head) : "The rebuild has ended." });
    if (now.rebuild) {
      copy.draw(now.rebuild.position, now);
    }
  }
}

/** The filled part has been applied; the bar ends at the head of the store. */
function progressBar(label) {
  const element = el(
    "div",
    { class: "progress", role: "progressbar", "aria-label": label },
    el("div", { class: "applied" }),
  );
  return {
    element,
    draw(position, { head }) {
      setProperty(element, "--applied", Math.min(1, Math.max(0, position / Math.max(1, head))).toFixed(4));
      setProperty(element, "--ticks", head);
      update(element, {
        class: head <= FINE ? "progress fine" : "progress",
        "aria-valuemin": 0,
        "aria-valuemax": head,
        "aria-valuenow": position,
        "aria-valuetext": `${position} of ${head}`,
      });
    },
  };
}

function lagText(lag) {
  if (lag < 0) {
    return `${plural(-lag, "position")} ahead of the last event`;
  }
  return lag === 0 ? "up to date" : `${plural(lag, "position")} behind`;
}

function failureText({ event, position, error }) {
  return event ? `${event} at ${position}: ${error}` : error;
}

function rebuildText({ generation, position, seconds_left: left, last_error: error }, head) {
  const rest = left === undefined ? "" : `, ${duration(left * 1000)} left`;
  return error ?? `Rebuild: copy ${generation} at ${position} of ${head}${rest}. The rows that serve stay.`;
}

async function operate(path, body, error) {
  const response = await send("POST", path, { body });
  error.hidden = response.ok;
  fill(error, response.ok ? "" : errorText(response));
  poll();
  return response;
}
