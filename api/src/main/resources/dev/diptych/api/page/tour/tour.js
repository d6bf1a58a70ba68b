import { ALL, filter } from "../client/list.js";
import { race } from "../client/race.js";
import { strategy } from "../client/strategy.js";
import { address, go } from "../lib/address.js";
import { el, update } from "../lib/dom.js";
import { drawOn } from "../lib/frame.js";
import { errorText, losing, send } from "../lib/http.js";
import { signal } from "../lib/signal.js";
import { events, lab } from "../server/lab.js";
import { tourCard } from "./card.js";
import { begin, forget, now, SIGNALS, start } from "./happened.js";
import { moveOf } from "./keys.js";
import { focusPointed, pointAt } from "./pointer.js";
import { prepare } from "./prepare.js";
import { STEPS } from "./steps.js";

const PROBLEMS = {
  unknown: "Loading…",
  off: "The tour requires a server that was started with --lab, as by mvn -q -Prun.",
  unauthorized: "The tour requires the operations token. Enter it at the top, under Access tokens.",
  unreachable: "The server cannot be reached. Retrying.",
};

/** The step that is shown, from 1; 0 while the tour is closed. */
let at = 0;

/** The step with which the tour is opened again. */
let last = 1;

/** Counts the steps that were shown, so that the preparation of one that is no longer shown ends. */
let shown = 0;

/** Whether the step has begun: { prepared, failure }, with the reason if it could not be prepared. */
const state = signal({ prepared: false, failure: "" });

const done = new Set();

/** Changes when another part of the page has drawn, which may be what the step points at. */
const drawn = signal(null);

/** Shows the tour at the bottom of the page while the address names a step, as #tour=4 does. */
export function showTour(tools, element) {
  const open = el(
    "button",
    { type: "button", class: "quiet", id: "tour-open", "aria-controls": element.id, onclick: toggle },
    "Tour",
  );
  const card = tourCard(element, STEPS.length, (name) => MOVES[name]());
  tools.prepend(open);
  start();
  drawOn([...SIGNALS, events, lab, state, drawn], draw);
  new MutationObserver(() => drawn.set(null)).observe(document.querySelector("main"), {
    childList: true,
    subtree: true,
  });
  SIGNALS.forEach((each) => each.follow(check));
  address.follow(arrive, { immediately: true });
  lab.follow(() => at > 0 && !state.get().prepared && show());
  document.addEventListener("keydown", (event) => {
    const move = at > 0 ? moveOf(event) : undefined;
    if (move !== undefined) {
      event.preventDefault();
      MOVES[move]();
    }
  });

  function toggle() {
    if (at > 0) {
      MOVES.close();
    } else {
      moveTo(last);
      draw();
      card.focus();
    }
  }

  function draw() {
    element.hidden = at === 0;
    update(open, { "aria-expanded": String(at > 0) });
    if (at === 0) {
      pointAt(null);
      return;
    }
    const step = STEPS[at - 1];
    const { prepared, failure } = state.get();
    const isOn = lab.get() === "on";
    card.draw({ step, at, done: isOn && done.has(at), failure, problem: PROBLEMS[lab.get()] });
    pointAt(isOn && (prepared || done.has(at)) ? step.pointAt({ ...now(), done: done.has(at) }) : null);
  }
}

const MOVES = {
  next: () => at < STEPS.length && moveTo(at + 1),
  back: () => at > 1 && moveTo(at - 1),
  show: focusPointed,
  again: startOver,
  close() {
    go({ tour: undefined });
    document.getElementById("tour-open").focus();
  },
};

function moveTo(step) {
  go({ tour: String(step) });
}

/** Another step may be named in the address, by a link or by "back". */
function arrive({ tour }) {
  const named = /^\d+$/.test(tour) ? Math.min(Math.max(1, Number(tour)), STEPS.length) : 0;
  if (named !== at) {
    at = named;
    last = at || last;
    show();
  }
}

/** Prepares the step, unless it is done; what happens then counts. */
async function show() {
  const mine = ++shown;
  state.set({ prepared: false, failure: "" });
  if (at === 0 || lab.get() !== "on" || done.has(at)) {
    return;
  }
  const failure = await failureOf(prepare(STEPS[at - 1].needs, () => mine === shown));
  if (mine === shown) {
    begin();
    state.set({ prepared: true, failure });
  }
}

async function failureOf(task) {
  try {
    await task;
    return "";
  } catch ({ message }) {
    return message;
  }
}

/** Looks at each change, so that nothing that held for a moment is missed. */
function check() {
  if (at > 0 && state.get().prepared && !done.has(at) && STEPS[at - 1].until(now())) {
    done.add(at);
  }
}

/** Restores a state that is known: all projections run at full speed, and a new order is placed. */
async function startOver() {
  const response = await send("POST", "/lab/start-over");
  done.clear();
  forget();
  losing.set(false);
  race.set(null);
  strategy.set("optimistic");
  filter.set(ALL);
  at = 1;
  last = 1;
  go({ tour: "1", tab: undefined, stream: undefined, time: undefined });
  await show();
  if (!response.ok) {
    state.set({ ...state.get(), failure: errorText(response) });
  }
}
