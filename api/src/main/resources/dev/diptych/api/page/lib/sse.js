import { authorization } from "./access.js";
import { signal } from "./signal.js";

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5_000;

/**
 * Follows a stream of server-sent events, with fetch, because EventSource cannot send Authorization. Restores a lost
 * connection after a growing pause, from the last id that was received.
 *
 * @param from the id of the event before the first one, as if it had been received; null begins with the current rows
 * @param on handles an event: ({ event, data, id, history }), with the history of the store; "reset" precedes the first
 *     event of another history, unless no id was received before
 * @returns { state, stop }: the state is "connecting", "live", "lost" or "unauthorized"
 */
export function follow(path, from, on) {
  const state = signal("connecting");
  const ending = new AbortController();
  run(path, from, on, state, ending.signal);
  return { state, stop: () => ending.abort() };
}

async function run(path, from, on, state, ending) {
  let lastId = from;
  let pause = FIRST_PAUSE;
  while (!ending.aborted) {
    let refused = false;
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
      refused = response.status === 401 || response.status === 403;
      if (!response.ok || !response.body) {
        throw new Error(`Status ${response.status}`);
      }
      state.set("live");
      let history = response.headers.get("Store-History");
      await read(response.body, (event) => {
        lastId = event.id || lastId;
        history = historyOf(event) ?? history;
        pause = FIRST_PAUSE;
        if (event.data !== "") {
          on({ ...event, history });
        }
      });
    } catch {
      // The connection was lost or rejected: retry.
    }
    if (!ending.aborted) {
      state.set(refused ? "unauthorized" : "lost");
      await new Promise((resume) => setTimeout(resume, pause));
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
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value.replaceAll("\r\n", "\n")).split("\n\n");
    rest = blocks.pop();
    blocks.forEach((block) => on(parsed(block)));
  }
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
