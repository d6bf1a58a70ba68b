import { el, fill } from "../lib/dom.js";
import { signal } from "../lib/signal.js";

/** The ways in which a desk can live with a read model that lags. */
export const WAYS = {
  optimistic: {
    name: "Optimistic",
    words: "The change shows at once, marked pending. It settles when the read model has it, and is taken back when the command is refused.",
  },
  polling: {
    name: "Polling",
    words: "Nothing shows until it is so. The answer of the command carries a token; the list is asked for with it, until it shows the write.",
  },
  subscription: {
    name: "Subscription",
    words: "The list is a stream. Rows come by themselves whenever they change, whoever changed them.",
  },
};

/** Which one this desk follows now. */
export const way = signal(WAYS[sessionStorage.getItem("diptych.way")] ? sessionStorage.getItem("diptych.way") : "optimistic");

way.follow((now) => sessionStorage.setItem("diptych.way", now));

export function showWay(place) {
  const words = el("p", { class: "hint", id: "way-words" });
  const choices = Object.entries(WAYS).map(([key, { name }]) =>
    el(
      "label",
      { class: "segment" },
      el("input", { type: "radio", name: "way", value: key, checked: way.get() === key, onchange: () => way.set(key) }),
      el("span", {}, name),
    ),
  );
  way.follow((now) => fill(words, WAYS[now].words), { atOnce: true });
  fill(
    place,
    el(
      "fieldset",
      { class: "way", "aria-describedby": "way-words" },
      el("legend", {}, "How this desk lives with the lag"),
      el("div", { class: "segments" }, choices),
      words,
    ),
  );
}
