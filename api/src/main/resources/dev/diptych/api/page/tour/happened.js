import { isOfRace } from "../client/race.js";
import * as clientState from "../client/state.js";
import { strategy } from "../client/strategy.js";
import { address } from "../lib/address.js";
import { exchanges, losing, send } from "../lib/http.js";
import { signal } from "../lib/signal.js";
import { crashed, horizon, projections } from "../server/lab.js";

const LIST = "/projections/order-list";

/** Whether a rebuild of order-list that began in this step has ended, and was not cancelled. */
const rebuilt = signal(false);

/** What the tour looks at; each change may end a step. */
export const SIGNALS = [
  exchanges,
  losing,
  strategy,
  address,
  clientState.changes,
  projections,
  horizon,
  crashed,
  rebuilt,
];

const KEPT = 200;

/** A rebuild is looked at so often. */
const PAUSE = 500;

/** The last requests of the visitor that have an answer, oldest first: { taken, method, path, key, status, ... }. */
let answered = [];

/** The path of an order, or of a command on it. */
const ORDER = /^\/orders(?:\/([^/?]+)(?:\/(\w+))?)?$/;

let order = null;
let first = 0;
let crash = null;

export function start() {
  exchanges.follow((exchange) => exchange?.response && take(exchange));
  crashed.follow((now) => (crash = now ?? crash));
}

/** A step begins: what has happened so far does not count. */
export function begin() {
  first = answered.length === 0 ? 0 : answered.at(-1).taken + 1;
  crash = null;
  rebuilt.set(false);
}

/** The tour begins again, without an order. */
export function forget() {
  order = null;
  begin();
}

/**
 * What has happened since the step began, and what is true now, for the steps' predicates:
 *
 * - sent: the requests that have an answer; `repeated` had the same key as an accepted one, and `afterLoss` the same as
 *   one whose answer was lost
 * - order: the last order of this page, { id, verb, key } with the last command that was accepted; null without one
 * - isListed, isSettled: whether the list has that order, and shows all of its commands
 * - list: the projection order-list; held: whether events wait behind the horizon; crash: of a projection
 * - rebuilt: whether the list was built again
 */
export function now() {
  const shown = order && clientState.order(order.id);
  return {
    sent: answered.filter(({ taken }) => taken >= first),
    order,
    isListed: Boolean(shown?.placed_at),
    isSettled: Boolean(shown?.placed_at) && shown.pending.length === 0,
    list: projections.get().find(({ name }) => name === "order-list") ?? {},
    strategy: strategy.get(),
    losing: losing.get(),
    held: horizon.get()?.held ?? false,
    unread: (horizon.get()?.head ?? 0) - (horizon.get()?.horizon ?? 0),
    crash,
    rebuilt: rebuilt.get(),
    stream: address.get().stream,
    time: address.get().time,
  };
}

function take({ method, path, headers, body, response }) {
  const key = headers["Idempotency-Key"];
  const { status, ok, lost } = response;
  const same = answered.filter((each) => key !== undefined && each.key === key);
  const [, id = body?.order_id, verb = "place"] = ORDER.exec(path) ?? [null, null];
  const taken = (answered.at(-1)?.taken ?? -1) + 1;
  const now = {
    taken,
    method,
    path,
    key,
    id,
    verb,
    status,
    ok,
    lost,
    repeated: same.some((each) => each.ok),
    afterLoss: same.some((each) => each.lost),
  };
  answered = [...answered, now].slice(-KEPT);
  if (ok && path === `${LIST}/rebuild`) {
    awaitRebuild(now);
  }
  if (ok && method === "POST" && id && !isOfRace(id) && (verb === "place" || id === order?.id)) {
    order = { id, verb, key };
  }
}

/** The feed may miss a rebuild that takes less time than its interval; one that has begun is always listed. */
async function awaitRebuild({ taken }) {
  const isWanted = () => taken >= first && !isCancelled(taken);
  while (isWanted()) {
    const { ok, json } = await send("GET", "/projections", { quiet: true });
    const list = ok && json.items.find(({ name }) => name === "order-list");
    if (list && !list.rebuild) {
      if (isWanted()) {
        rebuilt.set(true);
      }
      return;
    }
    await new Promise((resume) => setTimeout(resume, PAUSE));
  }
}

function isCancelled(since) {
  return answered.some(({ taken, ok, path }) => ok && taken > since && path === `${LIST}/rebuild/cancel`);
}
