import { el, fill, update } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { drawOn } from "../lib/frame.js";
import { exchanges, result, send } from "../lib/http.js";
import { keyed } from "../lib/keyed.js";
import { signal } from "../lib/signal.js";

const KEPT = 10;

/** The headers that are shown. */
const REQUEST = ["Idempotency-Key", "If-Match", "Consistency-Token", "Prefer"];
const RESPONSE = [
  "ETag",
  "Consistency-Token",
  "Location",
  "Projection-Position",
  "Store-History",
  "Retry-After",
  "Correlation-Id",
];

const selected = signal(null);
let all = [];

/** Returns the exchange of the command with this key, if it is still kept. */
export function exchangeOf(key) {
  return key && all.find((each) => each.headers["Idempotency-Key"] === key);
}

export function select(exchange) {
  selected.set(exchange);
  document.getElementById("exchanges-title").scrollIntoView({ block: "nearest" });
}

/** The client's requests with their responses; shows the latest command, unless another exchange is selected. */
export function showExchanges(element) {
  const list = el("ol", { class: "exchange-list" });
  const detail = el("div", { class: "exchange" });
  fill(
    element,
    el(
      "section",
      { class: "card", "aria-labelledby": "exchanges-title" },
      el("h3", { id: "exchanges-title" }, "Requests and responses"),
      el("div", { class: "exchange-parts" }, list, detail),
    ),
  );
  const draw = keyed(list, line);
  exchanges.follow((exchange) => exchange && take(exchange));
  drawOn([exchanges, selected], () => {
    draw(all.map((exchange) => [exchange.number, exchange]));
    drawDetail(detail, selected.get());
  });
}

let drawn = {};

/** Draws an exchange when it is selected, and again when it has its response. */
function drawDetail(detail, exchange) {
  const response = exchange?.response;
  if (drawn.exchange !== exchange || drawn.response !== response) {
    drawn = { exchange, response };
    fill(detail, shown(exchange));
  }
}

function take(exchange) {
  if (!all.includes(exchange)) {
    all = [exchange, ...all].slice(0, KEPT);
    // The queries that follow a command do not replace it.
    if (exchange.method === "POST" || selected.get() === null) {
      selected.set(exchange);
    }
  }
}

function line(number, exchange) {
  const { method, path } = exchange;
  const code = el("span", { class: "code" });
  const button = el(
    "button",
    {
      type: "button",
      class: `exchange-line ${method === "POST" ? "command" : "query"}`,
      onclick: () => selected.set(exchange),
    },
    el("span", { class: "method" }, method),
    el("span", { class: "path" }, path),
    code,
  );
  return {
    element: el("li", {}, button),
    draw({ response }) {
      update(button, { "aria-pressed": String(exchange === selected.get()) });
      update(code, { text: response ? response.status || "–" : "…" });
    },
  };
}

function shown(exchange) {
  if (!exchange) {
    return el("p", { class: "empty" }, "No requests yet.");
  }
  const { method, path, headers, body, response } = exchange;
  return [
    el(
      "pre",
      { class: "request", tabindex: "0", "aria-label": "Request" },
      message(
        `${method} ${path}`,
        REQUEST.map((name) => [name, headers[name]]),
        body,
      ),
    ),
    el(
      "pre",
      { class: `response ${response?.ok ? "good" : "bad"}`, tabindex: "0", "aria-label": "Response" },
      response
        ? message(
            `${response.status} after ${duration(response.milliseconds)}`,
            RESPONSE.map((name) => [name, response.headers.get(name)]),
            brief(response.json),
          )
        : "waiting…",
    ),
    headers["Idempotency-Key"] &&
      el(
        "p",
        { class: "repeat" },
        el(
          "button",
          { type: "button", class: "command small", id: "send-again", onclick: () => repeat(exchange) },
          "Send again with the same key",
        ),
        el("span", { class: "hint" }, hintOnRepeating(response)),
      ),
  ];
}

function hintOnRepeating(response) {
  return response && result(response) === "rejected"
    ? "A rejection is not remembered: the server decides again."
    : "The response is the same, and the command takes effect once.";
}

/** Sends the same request, as a client does that has received no response. */
function repeat({ method, path, headers, body }) {
  return send(method, path, { headers, body });
}

function message(start, headers, body) {
  return [
    el("b", {}, start),
    ...headers
      .filter(([, value]) => value)
      .map(([name, value]) => ["\n", el("span", { class: "header" }, `${name}: `), value]),
    body === undefined || body === null ? "" : `\n\n${JSON.stringify(body, null, 1)}`,
  ];
}

/** Shortens a list to its first item. */
function brief(json) {
  return Array.isArray(json?.items)
    ? { ...json, items: json.items.slice(0, 1), "…": `${json.items.length} items in total` }
    : json;
}
