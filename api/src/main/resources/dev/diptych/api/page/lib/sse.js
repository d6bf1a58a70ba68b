import { authorization } from "./access.js";
import { signal } from "./signal.js";

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5_000;

/** Another server at this address may have the route. */
const ABSENT_PAUSE = 30_000;

/** A server that lives sends at least a comment every 15 seconds. */
const LONGEST_SILENCE = 45_000;

/**
 * Follows a stream of server-sent events, with fetch, because EventSource cannot send Authorization. Restores a lost
 * connection after a growing pause, from the last id that was received.
 *
 * @param from the id of the event before the first one, as if it had been received; null begins with the current rows
 * @param on handles an event: ({ event, data, id, history }), with the history of the store; "reset" precedes the first
 *     event of another history, unless no id was received before
 * @returns { state, stop }: the state is "connecting", "live", "lost", "unauthorized" or "absent", without such a route
 */
export function follow(path, from, on) {
  const state = signal("connecting");
  const ending = new AbortController();
  run(path, from, on, state, ending.signal);
  return { state, stop: () => ending.abort() };
}

const FAILED = { 401: "unauthorized", 403: "unauthorized", 404: "absent" };

async function run(path, from, on, state, ending) {
  let lastId = from;
  let pause = FIRST_PAUSE;
  while (!ending.aborted) {
    let failed = "lost";
    try {
      const response = await fetch(path, {
        headers: {
          Accept: "text/event-stream",
          ...(lastId === null ? {} : { "Last-Event-ID": lastId }),
          ...authorization("GET", path),
        },
        cache: "no-store",
        signal: ending,
      });
      failed = FAILED[response.status] ?? "lost";
      if (!response.ok || !response.body) {
        throw new Error(`Status ${response.status}`);
      }
      state.set("live");
      let history = response.headers.get("Store-History");
      await read(response.body, (event) => {
        lastId = event.id || lastId;
        history = historyOf(event) ?? history;
        if (event.data !== "") {
          pause = event.event === "end" ? pause : FIRST_PAUSE;
          on({ ...event, history });
        }
      });
    } catch {
      // The connection was lost or rejected: retry.
    }
    if (!ending.aborted) {
      state.set(failed);
      await new Promise((resume) => setTimeout(resume, failed === "absent" ? ABSENT_PAUSE : pause));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
}

/** The first rows have no id: their history is that of the response, or of the preceding "reset". */
function historyOf({ event, data, id }) {
  return event === "reset" ? JSON.parse(data).history : id.split(".")[1];
}

/** Parses a stream (HTML standard, section 9.2): lines of fields; an empty line ends an event. */
async function read(body, on) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  const next = () => within(LONGEST_SILENCE, reader);
  for (let part = await next(); !part.done; part = await next()) {
    const blocks = (rest + part.value.replaceAll("\r\n", "\n")).split("\n\n");
    rest = blocks.pop();
    blocks.forEach((block) => on(parsed(block)));
  }
}

/** Ends a connection that is silent for too long: its server may be gone without a word. */
function within(milliseconds, reader) {
  const timer = setTimeout(() => reader.cancel(), milliseconds);
  return reader.read().finally(() => clearTimeout(timer));
}

function parsed(block) {
  const event = { event: "message", data: "", id: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") {
      event.data += (event.data ? "\n" : "") + value;
    } else if (field === "event" || field === "id") {
      event[field] = value;
    }
  }
  return event;
}
