import { byId, el, setProperty, update } from "../lib/dom.js";
import { drawOn } from "../lib/frame.js";
import { keyed } from "../lib/keyed.js";
import { tokens } from "./flow.js";
import { at, tape } from "./model.js";

/** The way to the aggregate takes so long; `style/band.css` has it, too. */
const WAY = 600;

const FROM = { page: "band-clients", others: "band-clients", todo: "band-todo" };

/**
 * The commands under way, as tokens: each travels to the aggregate, and there becomes an event, which drops onto the
 * tape, or bounces. The states are in the attributes of the tokens, and style/band.css moves them.
 */
export function showTokens(element) {
  const draw = keyed(element, (key, token) => tokenItem(element, token));
  drawOn([tokens], () => draw(tokens.get().map((token) => [token.key, token])));
}

function tokenItem(element, first) {
  const outcome = el("span", { class: "token-outcome" });
  const text = el("span", { class: "token-text" }, el("span", { class: "token-command" }, first.name), outcome);
  const item = el("li", { class: "token", "data-from": first.from }, text);
  place(item, "from", center(byId(FROM[first.from]).querySelector("h3"), element, 0.4));
  const gate = center(byId("band-aggregate").querySelector("h3"), element, 0.03);
  place(item, "gate", gate);
  let state = null;
  return {
    element: item,
    draw(token) {
      update(item, { "data-state": token.state, "data-command": token.name, "data-position": token.position });
      update(outcome, { text: outcomeText(token) });
      if (token.state === "stored") {
        place(item, "drop", minus(tick(token.position, element), gate));
      }
      if (token.state !== state) {
        state = token.state;
        setProperty(text, "--wait", `${Math.round(Math.max(0, WAY - (token.since - token.begun)))}ms`);
      }
    },
  };
}

/** What a command has come to, which its token says once it has arrived. */
function outcomeText({ state, name, event, status }) {
  const texts = {
    stored: event ?? name,
    refused: `${name}: ${status ?? "refused"}`,
    unknown: `${name}: no response`,
    unchanged: `${name}: no event`,
  };
  return texts[state] ?? "";
}

/** Without a known position, the end of the log. */
function tick(position, element) {
  const strip = box(byId("band-tape").querySelector(".strip"), element);
  const share = at((position ?? tape.get().head) || 0);
  return { x: strip.x + share * strip.width, y: strip.y + strip.height / 2 };
}

function center(part, element, share) {
  const { x, y, width, height } = box(part, element);
  return { x: x + width * share, y: y + height / 2 };
}

function box(part, element) {
  const [inner, outer] = [part, element].map((each) => each.getBoundingClientRect());
  return { x: inner.x - outer.x, y: inner.y - outer.y, width: inner.width, height: inner.height };
}

function minus(to, from) {
  return { x: to.x - from.x, y: to.y - from.y };
}

function place(item, name, { x, y }) {
  setProperty(item, `--${name}-x`, `${Math.round(x)}px`);
  setProperty(item, `--${name}-y`, `${Math.round(y)}px`);
}
