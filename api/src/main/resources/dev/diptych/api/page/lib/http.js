import { signal } from "./signal.js";
import { newId } from "./format.js";
import { authorization, sideOf } from "./access.js";

/** The last request of the user, with its response; without polling. */
export const exchanges = signal(null);

/** The side of the last request that was rejected with 401 or 403. */
export const unauthorized = signal(null);

/** Whether the next answer to a command is lost: the page drops it, as if the connection had been broken. */
export const losing = signal(false);

const NO_ANSWER = { status: 0, ok: false, headers: new Headers(), json: null };

/** The correlation id of all commands of this page. */
export const CORRELATION = `page-${newId()}`;

let number = 0;

/**
 * Sends a request. Never throws: if the server cannot be reached, the response has status 0.
 *
 * @param quiet omits the request from the exchanges
 * @returns { status, headers, json, milliseconds, ok, lost }; `lost` if there was an answer, and the page dropped it
 */
export async function send(method, path, { headers = {}, body, quiet = false, signal: abort } = {}) {
  const sent = { Accept: "application/json", ...headers };
  if (body !== undefined) {
    sent["Content-Type"] = "application/json";
  }
  const exchange = { number: ++number, method, path, headers: sent, body, response: null };
  if (!quiet) {
    exchanges.set(exchange);
  }
  const begin = performance.now();
  const response = lose(method, path, await fetched(method, path, sent, body, abort));
  exchange.response = { ...response, milliseconds: performance.now() - begin };
  if (response.status === 401 || response.status === 403) {
    unauthorized.set(sideOf(method, path));
  }
  if (!quiet) {
    exchanges.set(exchange);
  }
  return exchange.response;
}

async function fetched(method, path, headers, body, abort) {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        ...headers,
        ...(method === "POST" ? { "Correlation-Id": CORRELATION } : {}),
        ...authorization(method, path),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      signal: abort,
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, headers: response.headers, json: parsed(text) };
  } catch (failure) {
    return { ...NO_ANSWER, failure };
  }
}

function lose(method, path, response) {
  if (!losing.get() || method !== "POST" || sideOf(method, path) !== "write") {
    return response;
  }
  losing.set(false);
  return { ...NO_ANSWER, lost: true };
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** What a command has come to: "accepted", "rejected" or "unanswered", after which it may have taken effect. */
export function result({ ok, status }) {
  return ok ? "accepted" : status === 0 || status >= 500 ? "unanswered" : "rejected";
}

/** Returns the error message of a response. */
export function errorText(response) {
  if (response.status === 0) {
    const reason = response.lost ? "The answer was lost." : "The server cannot be reached.";
    return `${reason} The request may have taken effect.`;
  }
  const problem = response.json ?? {};
  const faults = (problem.errors ?? []).map((fault) => `${fault.field} ${fault.message}.`);
  return [problem.detail ?? `Status ${response.status}.`, ...faults].join(" ");
}
