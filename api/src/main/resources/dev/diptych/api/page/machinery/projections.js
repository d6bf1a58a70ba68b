import { el, fill, paint } from "../lib/dom.js";
import { inWords, send } from "../lib/http.js";
import { plural } from "../lib/format.js";
import { delays, lab, look, projections } from "./lab.js";

const DELAYS = [0, 200, 500, 2000];
const SHORTEST_TRACK = 24;

/** Each projection as a track: how far its checkpoint has come, measured from the head of the store. */
export function showProjections(element) {
  const list = el("ul", { class: "tracks" });
  const trouble = el("p", { class: "trouble", role: "status", hidden: true });
  fill(
    element,
    el("section", { class: "card", "aria-labelledby": "projections-title" },
      el("h3", { id: "projections-title" }, "Projections, on their way to the head"),
      list,
      trouble,
    ),
  );
  const tracks = new Map();
  const draw = () => {
    const all = projections.get();
    const span = Math.max(SHORTEST_TRACK, ...all.map((each) => Math.ceil(each.lag * 1.1)));
    all.forEach((each) => {
      if (!tracks.has(each.name)) {
        tracks.set(each.name, track(each.name, trouble));
        list.append(tracks.get(each.name).element);
      }
      tracks.get(each.name).draw(each, span);
    });
    if (all.length === 0) {
      fill(list, el("li", { class: "empty" }, "How far the projections are cannot be seen."));
    } else {
      list.querySelector(".empty")?.remove();
    }
  };
  projections.follow(draw, { atOnce: true });
  delays.follow(draw);
  lab.follow(draw);
}

function track(name, trouble) {
  const bar = el("div", { class: "track", role: "progressbar", "aria-label": `Checkpoint of ${name}` }, el("div", { class: "reached" }));
  const position = el("span", { class: "position" });
  const lag = el("span", { class: "lag" });
  const state = el("span", { class: "state" });
  const error = el("p", { class: "trouble", hidden: true });
  const pause = el("button", { type: "button", class: "quiet small", onclick: () => operate(name, pause.dataset.verb, trouble) });
  const rebuild = el("button", { type: "button", class: "quiet small", "aria-label": `Rebuild ${name}`, onclick: () => operate(name, "rebuild", trouble) }, "Rebuild");
  const slow = el(
    "select",
    { class: "small", "aria-label": `Slow ${name} down`, onchange: () => slowDown(name, Number(slow.value), trouble) },
    DELAYS.map((delay) => el("option", { value: delay }, delay === 0 ? "full speed" : `${delay} ms each`)),
  );
  const element = el(
    "li",
    { class: "projection", "data-projection": name },
    el("div", { class: "projection-head" }, el("span", { class: "name" }, name), state, lag, position),
    el("div", { class: "projection-foot" }, bar, el("span", { class: "buttons" }, slow, pause, rebuild)),
    error,
  );
  return { element, draw: (now, span) => draw(now, span) };

  function draw(now, span) {
    const paused = now.state === "paused";
    const share = Math.min(1, Math.max(0, 1 - now.lag / span));
    paint(bar, "--reached", share);
    paint(bar, "--ticks", span);
    for (const [attribute, value] of [["aria-valuemin", Math.max(0, now.head - span)], ["aria-valuemax", now.head], ["aria-valuenow", now.position], ["aria-valuetext", `${now.position} of ${now.head}`]]) {
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
    error.hidden = !now.last_error;
    fill(error, now.last_error ? `${now.last_error.event} at ${now.last_error.position}: ${now.last_error.error}` : "");
  }
}

function lagWords(lag) {
  if (lag < 0) {
    return `${plural(-lag, "position")} beyond the last event`;
  }
  return lag === 0 ? "up to date" : `${plural(lag, "position")} behind`;
}

async function operate(name, verb, trouble) {
  complain(await send("POST", `/projections/${name}/${verb}`), trouble);
}

async function slowDown(name, delay, trouble) {
  complain(await send("POST", `/lab/projections/${name}/slow`, { body: { delay_ms: delay } }), trouble);
}

function complain(answer, trouble) {
  trouble.hidden = answer.ok;
  fill(trouble, answer.ok ? "" : inWords(answer));
  look();
}
