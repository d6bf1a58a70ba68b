import { el, fill } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { exchanges, send } from "../lib/http.js";
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
  selected.follow(draw, { immediately: true });
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

function line(exchange) {
  const { method, path, response } = exchange;
  const kind = method === "POST" ? "command" : "query";
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: `exchange-line ${kind}`,
        "aria-pressed": String(exchange === selected.get()),
        onclick: () => selected.set(exchange),
      },
      el("span", { class: "method" }, method),
      el("span", { class: "path" }, path),
      el("span", { class: "code" }, response ? String(response.status || "–") : "…"),
    ),
  );
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
        el("span", { class: "hint" }, "The response is the same, and the command takes effect once."),
      ),
  ];
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
