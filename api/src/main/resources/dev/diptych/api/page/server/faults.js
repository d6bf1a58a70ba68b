import { el, update } from "../lib/dom.js";
import { plural } from "../lib/format.js";
import { drawOn } from "../lib/frame.js";
import { errorText, send } from "../lib/http.js";
import { crashed, horizon, lab } from "./lab.js";

/** An append is held back for so long, unless it is released before. */
const SECONDS = 20;

const PROJECTION = "order-list";

/** Buttons for two faults that a store must survive; their routes belong to the lab. */
export function showFaults(tools, element) {
  const button = (id, onclick, text) => el("button", { type: "button", class: "small quiet", id, onclick }, text);
  const isHeld = () => horizon.get()?.held ?? false;
  const hold = button("hold-append", () => post(...(isHeld() ? RELEASE : HOLD)));
  const crash = button("crash-projection", () => post(`/lab/projections/${PROJECTION}/crash`), `Crash ${PROJECTION}`);
  const text = el("p", { class: "hint", role: "status", hidden: true });
  tools.append(hold, crash);
  element.append(text);
  let wasHeld = false;
  drawOn([lab, horizon], () => {
    if (wasHeld && !isHeld() && text.textContent === TEXTS[HOLD[0]]) {
      say();
    }
    wasHeld = isHeld();
    update(hold, { disabled: lab.get() !== "on", text: isHeld() ? "Release the append" : "Hold back an append" });
    update(crash, { disabled: lab.get() !== "on" });
  });
  crashed.follow((crash) => crash && say(crashText(crash)));

  async function post(path, body) {
    const response = await send("POST", path, { body });
    say(response.ok ? TEXTS[path] : errorText(response));
  }

  function say(now = "") {
    update(text, { text: now, hidden: now === "" });
  }
}

const HOLD = ["/lab/appends/hold", { seconds: SECONDS }];
const RELEASE = ["/lab/appends/release"];

const TEXTS = {
  [HOLD[0]]: 
    `An append is open, for at most ${SECONDS} seconds: later events are stored, and no reader goes beyond ` +
    "the horizon until it ends.",
  [RELEASE[0]]: "The append was rolled back, and the horizon moves on.",
  [`/lab/projections/${PROJECTION}/crash`]: `The next batch of ${PROJECTION} crashes after its rows are written.`,
};

function crashText({ projection, checkpoint, lost }) {
  return (
    `${projection} crashed after it had written the rows of ${plural(lost, "event")}. They were rolled back: ` +
    `the checkpoint stayed at ${checkpoint}, and the batch is applied again.`
  );
}
