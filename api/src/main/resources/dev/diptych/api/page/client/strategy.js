import { el, fill, update } from "../lib/dom.js";
import { signal } from "../lib/signal.js";

/** How a client can handle the lag of a read model. */
const STRATEGIES = {
  optimistic: {
    name: "Optimistic",
    text: "Shows a change immediately, as pending, until the list has it; rolls it back if the command is rejected.",
  },
  polling: {
    name: "Polling",
    text: "Shows a change when the list contains it: queries with the consistency token of the command until it does.",
  },
  subscription: {
    name: "Subscription",
    text: "Follows the list as an event stream: each row is updated when it changes, whichever client changed it.",
  },
};

const KEY = "diptych.strategy";

/** The current strategy. */
export const strategy = signal(STRATEGIES[sessionStorage.getItem(KEY)] ? sessionStorage.getItem(KEY) : "optimistic");

strategy.follow((now) => sessionStorage.setItem(KEY, now));

export function showStrategy(element) {
  const text = el("p", { class: "hint", id: "strategy-text" });
  const choices = Object.entries(STRATEGIES).map(([key, { name }]) => {
    const choice = el("input", { type: "radio", name: "strategy", value: key, onchange: () => strategy.set(key) });
    strategy.follow((now) => update(choice, { checked: now === key }), { immediately: true });
    return el("label", { class: "segment" }, choice, el("span", {}, name));
  });
  strategy.follow((now) => fill(text, STRATEGIES[now].text), { immediately: true });
  fill(
    element,
    el(
      "fieldset",
      { class: "strategy", "aria-describedby": "strategy-text" },
      el("legend", {}, "Strategy"),
      el("div", { class: "segments" }, choices),
      text,
    ),
  );
}
