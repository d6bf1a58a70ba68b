import { el, fill } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { exchanges, send } from "../lib/http.js";
import { signal } from "../lib/signal.js";

const KEPT = 10;

/** The headers that tell the story; the others are there, and say nothing about it. */
const REQUEST = ["Idempotency-Key", "If-Match", "Consistency-Token", "Prefer"];
const ANSWER = ["ETag", "Consistency-Token", "Location", "Projection-Position", "Store-History", "Retry-After", "Correlation-Id"];

const selected = signal(null);
let all = [];

/** The exchange in which a command was sent under this key, if it is still known. */
export function exchangeOf(key) {
  return key && all.find((each) => each.headers["Idempotency-Key"] === key);
}

export function select(exchange) {
  selected.set(exchange);
  document.getElementById("exchanges-title").scrollIntoView({ block: "nearest" });
}

/** The requests of the desk, and what was answered: the newest is shown, unless another has been chosen. */
export function showExchanges(element) {
  const list = el("ol", { class: "exchange-list" });
  const detail = el("div", { class: "exchange" });
  fill(
    element,
    el("section", { class: "card", "aria-labelledby": "exchanges-title" }, el("h3", { id: "exchanges-title" }, "What was sent, and the answer"), el("div", { class: "exchange-parts" }, list, detail)),
  );
  const draw = () => {
    fill(list, all.map(line));
    fill(detail, shown(selected.get()));
  };
  exchanges.follow((exchange) => {
    if (exchange) {
      take(exchange);
      draw();
    }
  });
  selected.follow(draw, { atOnce: true });
}

function take(exchange) {
  if (!all.includes(exchange)) {
    all = [exchange, ...all].slice(0, KEPT);
    // A command is what people want to look at; the looks that follow it do not take its place.
    if (exchange.method === "POST" || selected.get() === null) {
      selected.set(exchange);
    }
  }
}

function line(exchange) {
  const { method, path, answer } = exchange;
  const kind = method === "POST" ? "command" : "query";
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: `exchange-line ${kind}`, "aria-pressed": String(exchange === selected.get()), onclick: () => selected.set(exchange) },
      el("span", { class: "method" }, method),
      el("span", { class: "path" }, path),
      el("span", { class: "code" }, answer ? String(answer.status || "–") : "…"),
    ),
  );
}

function shown(exchange) {
  if (!exchange) {
    return el("p", { class: "empty" }, "Nothing has been sent yet.");
  }
  const { method, path, headers, body, answer } = exchange;
  return [
    el("pre", { class: "request", tabindex: "0", "aria-label": "The request" }, message(`${method} ${path}`, REQUEST.map((name) => [name, headers[name]]), body)),
    el(
      "pre",
      { class: `answer ${answer?.ok ? "good" : "bad"}`, tabindex: "0", "aria-label": "The answer" },
      answer ? message(`${answer.status} after ${duration(answer.milliseconds)}`, ANSWER.map((name) => [name, answer.headers.get(name)]), brief(answer.json)) : "on its way…",
    ),
    headers["Idempotency-Key"] && el("p", { class: "again" }, el("button", { type: "button", class: "command small", id: "send-again", onclick: () => again(exchange) }, "Send it again with the same key"), el("span", { class: "hint" }, "The answer will be the same, and nothing will be done twice.")),
  ];
}

/** The same bytes, as a client does that has lost the answer. */
function again({ method, path, headers, body }) {
  return send(method, path, { headers, body });
}

function message(start, headers, body) {
  return [
    el("b", {}, start),
    ...headers.filter(([, value]) => value).map(([name, value]) => ["\n", el("span", { class: "header" }, `${name}: `), value]),
    body === undefined || body === null ? "" : `\n\n${JSON.stringify(body, null, 1)}`,
  ];
}

/** A list is cut after its first item: what matters here is which state it shows. */
function brief(json) {
  return Array.isArray(json?.items) ? { ...json, items: json.items.slice(0, 1), "…": `${json.items.length} items in all` } : json;
}
