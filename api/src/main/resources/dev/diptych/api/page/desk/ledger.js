import { signal } from "../lib/signal.js";

/**
 * What the desk knows of orders: the rows that the read model has shown, and over each what was sent and cannot be seen yet.
 *
 * - `pending`: a command on its way, or done and not yet visible: { key, name, change, version, history, behind }
 * - `trouble`: why the last command was not done, or may be lost: { name, words, retry, lost }
 *
 * All rows are of one history of the store. When others come, those of before are forgotten, and what was done and not yet
 * shown is said to be lost, perhaps: nothing that comes can tell.
 */
const rows = new Map();
const pending = new Map();
const troubles = new Map();
const versions = new Map();
let history = null;

/** Says which order has changed; null means that many may have. */
export const changes = signal(null);

/** Every order that the list shows, the newest first; an order that exists only in hope, or may be lost, comes along. */
export function orders() {
  const hoped = [...pending.keys()].filter((id) => pending.get(id).change?.order_id);
  const lost = [...troubles.keys()].filter((id) => troubles.get(id)?.lost);
  return [...new Set([...rows.keys(), ...hoped, ...lost])]
    .map(order)
    .sort((a, b) => time(b).localeCompare(time(a)) || b.order_id.localeCompare(a.order_id));
}

/** The time of what the list does not show is not known: it comes first. */
function time({ placed_at: time = "9" }) {
  return time;
}

/** One order as the desk sees it: with `optimistic` when what it shows is hoped for. */
export function order(id) {
  const waiting = pending.get(id) ?? null;
  const change = waiting?.change ?? null;
  return { order_id: id, ...rows.get(id), ...change, pending: waiting, optimistic: change !== null, trouble: troubles.get(id) ?? null };
}

/** What the next command on an order is decided on, { version, history }: what is shown, or what this desk did since. */
export function versionOf(id) {
  return versions.get(id) ?? null;
}

/** A row as the read model has it now, in a history. An older one than is known says nothing. */
export function show(row, of) {
  begin(of);
  if ((rows.get(row.order_id)?.version ?? 0) <= row.version) {
    take(row);
    changes.set(row.order_id);
  }
}

/** All rows of the list, read in one history, instead of those that were shown before. */
export function showAll(list, of) {
  begin(of);
  rows.clear();
  list.forEach(take);
  changes.set(null);
}

function take(row) {
  rows.set(row.order_id, row);
  note(row.order_id, { version: row.version, history });
  settle(row.order_id, row.version);
}

/** Between versions of two histories, the one that was seen last counts. */
function note(id, seen) {
  const known = versions.get(id);
  if (known?.history !== seen.history || known.version < seen.version) {
    versions.set(id, seen);
  }
}

/** What comes from now on is of this history. */
export function begin(next) {
  if (next !== history) {
    rows.clear();
    const ended = [...pending].filter(([, command]) => command.version && command.history === history);
    history = next;
    ended.forEach(([id, command]) => lose(id, command.key));
    changes.set(null);
  }
}

/** It is no longer in this list, which is news of it too. */
export function gone(id) {
  rows.delete(id);
  visible(id);
}

/** The list shows, or leaves out with reason, what was done: there is nothing to wait for any more. */
export function visible(id) {
  if (pending.get(id)?.version) {
    end(id);
  }
  changes.set(id);
}

/** A command is on its way; with a change, its effect is shown already. */
export function pend(id, command) {
  troubles.delete(id);
  pending.set(id, { ...command, since: performance.now() });
  changes.set(id);
}

/** It was done, as this version, which the read model is yet to show. */
export function accepted(id, key, done) {
  note(id, done);
  if (pending.get(id)?.key === key) {
    pending.set(id, { ...pending.get(id), ...done });
    settle(id, rows.get(id)?.version ?? 0);
    changes.set(id);
  }
}

/** How many positions the read model is away from it. */
export function behind(id, positions) {
  if (pending.has(id)) {
    pending.set(id, { ...pending.get(id), behind: positions });
    changes.set(id);
  }
}

/** It was not done: what was shown in hope is taken back. */
export function takeBack(id, key, trouble) {
  if (pending.get(id)?.key === key) {
    pending.delete(id);
  }
  troubles.set(id, trouble);
  changes.set(id);
}

/** It was done, in a history that has ended since. */
export function lose(id, key) {
  const name = pending.get(id)?.name;
  if (pending.get(id)?.key === key) {
    const words = "It was done, but the store has another history now, and may have lost it. Look whether it is there.";
    takeBack(id, key, { name, words, retry: null, lost: true });
  }
}

/** Another client was faster: commands are decided on this version from now on, or on none if there is none. */
export function learn(id, now) {
  now ? versions.set(id, now) : versions.delete(id);
}

export function forgive(id) {
  troubles.delete(id);
  changes.set(id);
}

function settle(id, version) {
  const waiting = pending.get(id);
  if (waiting?.version <= version && waiting.history === history) {
    end(id);
  }
}

function end(id) {
  const { settled, since } = pending.get(id);
  pending.delete(id);
  settled?.(performance.now() - since);
}
