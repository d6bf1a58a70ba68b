import { el, fill, update } from "../lib/dom.js";
import { drawOn } from "../lib/frame.js";
import { lab, operations } from "../server/lab.js";
import { showCheckpoints } from "./checkpoints.js";
import { flow, start as startFlow } from "./flow.js";
import { start as startModel } from "./model.js";
import { showStations } from "./stations.js";
import { showTape } from "./tape.js";
import { showTokens } from "./tokens.js";

/** What is missing, and why; the events table says the same of the events. */
const MISSING = {
  off: "Events, the horizon and other clients are shown with --lab.",
  unauthorized: "The log requires the operations token. Enter it at the top, under Access tokens.",
  unreachable: "The server cannot be reached. What is shown is of its last answer.",
};

/** The flow from a command to the views: the stations, the log as a tape with the checkpoints on it, and the tokens. */
export function showBand(element) {
  const part = (name) => el("div", { class: name });
  const tape = el("div", { class: "tape", id: "band-tape" });
  const [stations, checkpoints] = [part("stations"), part("checkpoints")];
  const tokens = el("ul", { class: "band-tokens", "aria-hidden": "true" });
  const note = el("p", { class: "band-note", role: "status" });
  fill(
    element,
    el("h2", { class: "visually-hidden", id: "band-title" }, "From a command to the views"),
    stations,
    tape,
    checkpoints,
    note,
    tokens,
  );
  startModel();
  startFlow();
  showStations(stations);
  showTape(tape);
  showCheckpoints(checkpoints);
  showTokens(tokens);
  drawOn([lab, operations, flow], () => {
    update(element, { "data-lab": lab.get(), "data-flow": flow.get().dense ? "density" : "tokens" });
    update(note, { text: MISSING[lab.get()], hidden: !MISSING[lab.get()] });
  });
}
