import { el, fill, setProperty } from "../lib/dom.js";
import { errorText, send } from "../lib/http.js";
import { plural } from "../lib/format.js";
import { delays, lab, poll, projections } from "./lab.js";

const DELAYS = [0, 200, 500, 2000];
const MIN_SPAN = 24;

/** Shows each projection with a progress bar, which ends at the head of the store. */
export function showProjections(element) {
  const list = el("ul", { class: "projections" });
  const error = el("p", { class: "error", role: "status", hidden: true });
  fill(
    element,
    el(
      "section",
      { class: "card", "aria-labelledby": "projections-title" },
      el("h3", { id: "projections-title" }, "Projections"),
      list,
      error,
    ),
  );
  const items = new Map();
  const draw = () => {
    const all = projections.get();
    const span = Math.max(MIN_SPAN, ...all.map((each) => Math.ceil(each.lag * 1.1)));
    all.forEach((each) => {
      if (!items.has(each.name)) {
        items.set(each.name, item(each.name, error));
        list.append(items.get(each.name).element);
      }
      items.get(each.name).draw(each, span);
    });
    if (all.length === 0) {
      fill(list, el("li", { class: "empty" }, "The progress of the projections is unknown."));
    } else {
      list.querySelector(".empty")?.remove();
    }
  };
  projections.follow(draw, { immediately: true });
  delays.follow(draw);
  lab.follow(draw);
}

function item(name, error) {
  const bar = el(
    "div",
    { class: "progress", role: "progressbar", "aria-label": `Checkpoint of ${name}` },
    el("div", { class: "applied" }),
  );
  const position = el("span", { class: "position" });
  const lag = el("span", { class: "lag" });
  const state = el("span", { class: "state" });
  const failure = el("p", { class: "error", hidden: true });
  const pause = el("button", {
    type: "button",
    class: "quiet small",
    onclick: () => operate(name, pause.dataset.verb, error),
  });
  const rebuild = el(
    "button",
    {
      type: "button",
      class: "quiet small",
      "aria-label": `Rebuild ${name}`,
      onclick: () => operate(name, "rebuild", error),
    },
    "Rebuild",
  );
  const slow = el(
    "select",
    { class: "small", "aria-label": `Slow ${name} down`, onchange: () => slowDown(name, Number(slow.value), error) },
    DELAYS.map((delay) => el("option", { value: delay }, delay === 0 ? "full speed" : `${delay} ms/event`)),
  );
  const element = el(
    "li",
    { class: "projection", "data-projection": name },
    el("div", { class: "projection-head" }, el("span", { class: "name" }, name), state, lag, position),
    el("div", { class: "projection-foot" }, bar, el("span", { class: "buttons" }, slow, pause, rebuild)),
    failure,
  );
  return { element, draw: (now, span) => draw(now, span) };

  function draw(now, span) {
    const paused = now.state === "paused";
    const share = Math.min(1, Math.max(0, 1 - now.lag / span));
    setProperty(bar, "--applied", share);
    setProperty(bar, "--ticks", span);
    for (const [attribute, value] of [
      ["aria-valuemin", Math.max(0, now.head - span)],
      ["aria-valuemax", now.head],
      ["aria-valuenow", now.position],
      ["aria-valuetext", `${now.position} of ${now.head}`],
    ]) {
      bar.setAttribute(attribute, value);
    }
    bar.classList.toggle("fine", span <= 60);
    element.dataset.lag = now.lag;
    element.dataset.state = now.state;
    fill(position, `at ${now.position} of ${now.head}`);
    fill(lag, lagWords(now.lag));
    fill(state, now.state);
    state.dataset.state = now.state;
    pause.dataset.verb = paused ? "resume" : "pause";
    fill(pause, paused ? "Resume" : "Pause").setAttribute("aria-label", `${paused ? "Resume" : "Pause"} ${name}`);
    slow.hidden = lab.get() !== "on";
    if (document.activeElement !== slow) {
      slow.value = String(delays.get()[name] ?? 0);
    }
    element.classList.toggle("slowed", (delays.get()[name] ?? 0) > 0);
    failure.hidden = !now.last_error;
    fill(
      failure,
      now.last_error ? `${now.last_error.event} at ${now.last_error.position}: ${now.last_error.error}` : "",
    );
  }
}

function lagWords(lag) {
  if (lag < 0) {
    return `${plural(-lag, "position")} ahead of the last event`;
  }
  return lag === 0 ? "up to date" : `${plural(lag, "position")} behind`;
}

async function operate(name, verb, error) {
  report(await send("POST", `/projections/${name}/${verb}`), error);
}

async function slowDown(name, delay, error) {
  report(await send("POST", `/lab/projections/${name}/slow`, { body: { delay_ms: delay } }), error);
}

function report(response, error) {
  error.hidden = response.ok;
  fill(error, response.ok ? "" : errorText(response));
  poll();
}
