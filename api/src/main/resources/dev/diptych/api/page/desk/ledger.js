import { signal } from "../lib/signal.js";

/**
 * What the desk knows of orders: the rows that the read model has shown, and over each what was sent and cannot be seen yet.
 *
 * - `pending`: a command on its way, or done and not yet visible: { key, name, change, version, behind }
 * - `trouble`: why the last command was not done: { words, retry }
 */
const rows = new Map();
const pending = new Map();
const troubles = new Map();
const versions = new Map();

/** Says which order has changed; null means that many may have. */
export const changes = signal(null);

/** Every order that the list shows, the newest first; an order that exists only in hope comes along. */
export function orders() {
  const ids = new Set([...rows.keys(), ...[...pending.keys()].filter((id) => pending.get(id).change?.order_id)]);
  return [...ids].map(order).sort((a, b) => b.placed_at.localeCompare(a.placed_at) || b.order_id.localeCompare(a.order_id));
}

/** One order as the desk sees it: with `optimistic` when what it shows is hoped for. */
export function order(id) {
  const waiting = pending.get(id) ?? null;
  const change = waiting?.change ?? null;
  return { ...rows.get(id), ...change, pending: waiting, optimistic: change !== null, trouble: troubles.get(id) ?? null };
}

/** The version that the next command on an order is decided on: what is shown, or what this desk did since. */
export function versionOf(id) {
  return Math.max(rows.get(id)?.version ?? 0, versions.get(id) ?? 0);
}

/** A row as the read model has it now. An older one than is known says nothing. */
export function show(row) {
  if ((rows.get(row.order_id)?.version ?? 0) <= row.version) {
    rows.set(row.order_id, row);
    settle(row.order_id, row.version);
    changes.set(row.order_id);
  }
}

/** All rows of the list, instead of those that were shown before. */
export function showAll(list) {
  rows.clear();
  list.forEach((row) => {
    rows.set(row.order_id, row);
    settle(row.order_id, row.version);
  });
  changes.set(null);
}

/** It is no longer in this list, which is news of it too. */
export function gone(id) {
  rows.delete(id);
  visible(id);
}

/** The list shows, or leaves out with reason, what was done: there is nothing to wait for any more. */
export function visible(id) {
  settle(id, Infinity);
  changes.set(id);
}

/** A command is on its way; with a change, its effect is shown already. */
export function pend(id, command) {
  troubles.delete(id);
  pending.set(id, { ...command, since: performance.now() });
  changes.set(id);
}

/** It was done, as this version, which the read model is yet to show. */
export function accepted(id, key, version) {
  versions.set(id, Math.max(version, versions.get(id) ?? 0));
  if (pending.get(id)?.key === key) {
    pending.set(id, { ...pending.get(id), version });
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

/** Somebody else has been here: commands are decided on this version from now on. */
export function learn(id, version) {
  versions.set(id, version);
}

export function forgive(id) {
  troubles.delete(id);
  changes.set(id);
}

function settle(id, version) {
  const waiting = pending.get(id);
  if (waiting?.version && waiting.version <= version) {
    pending.delete(id);
    waiting.settled?.(performance.now() - waiting.since);
  }
}
