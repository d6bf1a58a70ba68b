import { el, update } from "../lib/dom.js";
import { losing } from "../lib/http.js";

/** A switch that loses the answer to the next command, which the server has then carried out or rejected. */
export function showLostAnswer(tools) {
  const button = el(
    "button",
    { type: "button", class: "small quiet", id: "lose-answer", onclick: () => losing.set(!losing.get()) },
    "Lose the next answer",
  );
  losing.follow((now) => update(button, { "aria-pressed": String(now) }), { immediately: true });
  tools.append(button);
}
