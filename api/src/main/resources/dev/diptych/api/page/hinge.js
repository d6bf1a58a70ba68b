import { byId, el, fill } from "./lib/dom.js";
import { duration, short } from "./lib/format.js";
import { signal } from "./lib/signal.js";
import { versionIn } from "./lib/version.js";

const KEPT = 8;

/**
 * What has crossed between the two panels: a command to the right, an event into the order of all events, its row back to
 * the left. The time between the answer and the row is what "eventually consistent" means.
 */
export const crossings = signal([]);

/** A command sets out. What is returned tells the hinge how it goes on. */
export function begin({ name, stream, id, key }) {
  const crossing = { name, stream, id, key, begun: performance.now(), state: "sent" };
  crossings.set([crossing, ...crossings.get()].slice(0, KEPT));
  return {
    answered(answer) {
      Object.assign(crossing, {
        status: answer.status,
        answeredAfter: answer.milliseconds,
        version: versionIn(answer)?.version,
        state: answer.ok ? "done" : "refused",
      });
      changed();
    },
    seen() {
      crossing.seenAfter = performance.now() - crossing.begun;
      crossing.state = "seen";
      changed();
    },
  };
}

/** The machinery has found the event of a crossing in the order of all events. */
export function recorded(event) {
  const crossing = crossings.get().find((each) => each.stream === event.stream && each.version === event.version);
  if (crossing && !crossing.position) {
    crossing.position = event.position;
    crossing.event = event.type;
    changed();
  }
}

export function showHinge() {
  const list = el("ol", { class: "crossings" });
  fill(
    byId("hinge"),
    el("h2", { id: "hinge-title" }, "The hinge"),
    el("p", { class: "hint" }, "What crosses, and how long it takes."),
    list,
  );
  crossings.follow((all) => draw(list, all), { atOnce: true });
}

function changed() {
  crossings.set(crossings.get());
}

/** A crossing keeps its element, so that only what is new in it moves. */
function draw(list, all) {
  const known = new Map([...list.children].map((each) => [each.dataset.key, each]));
  list.replaceChildren(...all.map((crossing) => drawn(crossing, known.get(crossing.key))));
  if (all.length === 0) {
    fill(list, el("li", { class: "nothing" }, "Nothing has crossed yet."));
  }
}

function drawn(crossing, old) {
  const item = old ?? el("li", { "data-key": crossing.key });
  item.className = `crossing ${crossing.state}`;
  const stations = [
    station("command", `${crossing.name} ${short(crossing.id)}`, answerWords(crossing)),
    crossing.state !== "refused" && station("event", eventWords(crossing), ""),
    crossing.state !== "refused" && station("row", rowWords(crossing), ""),
  ].filter(Boolean);
  stations.forEach((each, i) => {
    if (item.children[i]?.textContent !== each.textContent) {
      item.children[i] ? item.children[i].replaceWith(each) : item.append(each);
    }
  });
  while (item.children.length > stations.length) {
    item.lastElementChild.remove();
  }
  return item;
}

function station(kind, words, more) {
  return el("div", { class: `station ${kind}` }, el("span", { class: "words" }, words), more && el("span", { class: "more" }, more));
}

function answerWords({ status, answeredAfter, state }) {
  if (state === "sent") {
    return "on its way";
  }
  return status === 0 ? "no answer" : `${status} after ${duration(answeredAfter)}`;
}

function eventWords({ event, position, state }) {
  if (position) {
    return `${event} at ${position}`;
  }
  return state === "sent" ? "no event yet" : "stored";
}

function rowWords({ seenAfter }) {
  return seenAfter ? `seen after ${duration(seenAfter)}` : "not seen yet";
}
