import { signal } from "../lib/signal.js";

/**
 * The client's state: the rows of the read model, and for each order the command that the list does not show yet.
 *
 * - `pending`: a command that is sent, or accepted and not yet visible: { key, name, change, version, history, behind }
 * - `error`: why the last command was rejected, or may be lost: { name, text, retry, lost }
 *
 * All rows are of one history of the store. When another history begins, the rows are discarded, and accepted commands
 * that the list has not shown are reported as possibly lost: no later row can tell.
 */
const rows = new Map();
const pending = new Map();
const errors = new Map();
const versions = new Map();
let history = null;

/** The id of the order that has changed; null if several may have changed. */
export const changes = signal(null);

/** All orders of the list, newest first, with new orders that are pending or possibly lost. */
export function orders() {
  const added = [...pending.keys()].filter((id) => pending.get(id).change?.order_id);
  const lost = [...errors.keys()].filter((id) => errors.get(id)?.lost);
  return [...new Set([...rows.keys(), ...added, ...lost])]
    .map(order)
    .sort((a, b) => time(b).localeCompare(time(a)) || b.order_id.localeCompare(a.order_id));
}

/** An order that the list does not show has no time; it comes first. */
function time({ placed_at: time = "9" }) {
  return time;
}

/** One order with its pending change; `optimistic` if that change is shown. */
export function order(id) {
  const command = pending.get(id) ?? null;
  const change = command?.change ?? null;
  const error = errors.get(id) ?? null;
  return { order_id: id, ...rows.get(id), ...change, pending: command, optimistic: change !== null, error };
}

/** The version for the next command, { version, history }: that of the row, or of this client's last command. */
export function versionOf(id) {
  return versions.get(id) ?? null;
}

/** Updates a row. Ignores an older version of it. */
export function update(row, rowHistory) {
  enterHistory(rowHistory);
  if ((rows.get(row.order_id)?.version ?? 0) <= row.version) {
    store(row);
    changes.set(row.order_id);
  }
}

/** Replaces all rows. */
export function replaceAll(list, listHistory) {
  enterHistory(listHistory);
  rows.clear();
  list.forEach(store);
  changes.set(null);
}

function store(row) {
  rows.set(row.order_id, row);
  recordVersion(row.order_id, { version: row.version, history });
  settle(row.order_id, row.version);
}

/** Keeps the higher version; versions of different histories cannot be compared, so the later one is kept. */
function recordVersion(id, next) {
  const known = versions.get(id);
  if (known?.history !== next.history || known.version < next.version) {
    versions.set(id, next);
  }
}

/** Sets the history of all rows from now on; discards the rows of another one. */
export function enterHistory(next) {
  if (next !== history) {
    rows.clear();
    const ended = [...pending].filter(([, command]) => command.version && command.history === history);
    history = next;
    ended.forEach(([id, command]) => markLost(id, command.key));
    changes.set(null);
  }
}

/** Removes a row that has left the list, which also makes a pending command visible. */
export function remove(id) {
  rows.delete(id);
  markVisible(id);
}

/** Ends the pending command: the list reflects it. */
export function markVisible(id) {
  if (pending.get(id)?.version) {
    end(id);
  }
  changes.set(id);
}

/** Adds a command that is being sent; its change, if any, is shown immediately. */
export function addPending(id, command) {
  errors.delete(id);
  pending.set(id, { ...command, since: performance.now() });
  changes.set(id);
}

/** The command was accepted; the list does not reflect its version yet. */
export function accepted(id, key, version) {
  recordVersion(id, version);
  if (pending.get(id)?.key === key) {
    pending.set(id, { ...pending.get(id), ...version });
    settle(id, rows.get(id)?.version ?? 0);
    changes.set(id);
  }
}

/** Sets how many positions the list is behind the pending command. */
export function setLag(id, positions) {
  if (pending.has(id)) {
    pending.set(id, { ...pending.get(id), behind: positions });
    changes.set(id);
  }
}

/** The command was rejected: removes its change. */
export function rollBack(id, key, error) {
  if (pending.get(id)?.key === key) {
    pending.delete(id);
  }
  errors.set(id, error);
  changes.set(id);
}

/** The command was accepted in a history that has ended. */
export function markLost(id, key) {
  const name = pending.get(id)?.name;
  if (pending.get(id)?.key === key) {
    const text =
      "The command was accepted, but the store has another history now and may have lost it. Check the order.";
    rollBack(id, key, { name, text, retry: null, lost: true });
  }
}

/** Sets the version for the next command after a conflict; without a version, the next command has no precondition. */
export function setVersion(id, version) {
  version ? versions.set(id, version) : versions.delete(id);
}

export function dismissError(id) {
  errors.delete(id);
  changes.set(id);
}

function settle(id, version) {
  const command = pending.get(id);
  if (command?.version <= version && command.history === history) {
    end(id);
  }
}

function end(id) {
  const { settled, since } = pending.get(id);
  pending.delete(id);
  settled?.(performance.now() - since);
}
