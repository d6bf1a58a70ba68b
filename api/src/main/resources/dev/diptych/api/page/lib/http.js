import { signal } from "./signal.js";
import { newId } from "./format.js";
import { authorization } from "./access.js";

/** The last request that a person caused, with its answer; the machinery's own looks are left out. */
export const exchanges = signal(null);

/** The last status with which the server refused this page for want of a token. */
export const refused = signal(null);

/** Everything that is sent from this page is correlated under one id. */
const CORRELATION = `page-${newId()}`;

let number = 0;

/**
 * Sends a request. Never throws: a server that cannot be reached is an answer with status 0.
 *
 * @param quiet not shown among the exchanges
 * @returns { status, headers, json, milliseconds, ok }
 */
export async function send(method, path, { headers = {}, body, quiet = false, signal: abort } = {}) {
  const sent = { Accept: "application/json", ...headers };
  if (body !== undefined) {
    sent["Content-Type"] = "application/json";
  }
  const exchange = { number: ++number, method, path, headers: sent, body, answer: null };
  if (!quiet) {
    exchanges.set(exchange);
  }
  const begin = performance.now();
  const answer = await answered(method, path, sent, body, abort);
  exchange.answer = { ...answer, milliseconds: performance.now() - begin };
  if (answer.status === 401 || answer.status === 403) {
    refused.set({ path, status: answer.status });
  }
  if (!quiet) {
    exchanges.set(exchange);
  }
  return exchange.answer;
}

async function answered(method, path, headers, body, abort) {
  try {
    const response = await fetch(path, {
      method,
      headers: { ...headers, ...(method === "POST" ? { "Correlation-Id": CORRELATION } : {}), ...authorization(method, path) },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      signal: abort,
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, headers: response.headers, json: parsed(text) };
  } catch (failure) {
    return { status: 0, ok: false, headers: new Headers(), json: null, failure };
  }
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** What went wrong, in the words of the server where it has said some. */
export function inWords(answer) {
  if (answer.status === 0) {
    return "The server cannot be reached. Nothing is known of what was asked for.";
  }
  const problem = answer.json ?? {};
  const faults = (problem.errors ?? []).map((fault) => `${fault.field} ${fault.message}.`);
  return [problem.detail ?? `Status ${answer.status}.`, ...faults].join(" ");
}
