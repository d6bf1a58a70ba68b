import { signal } from "../lib/signal.js";

/**
 * The client's state: the rows of the read model, and for each order its commands that are not settled, in the order in
 * which they were given: { key, name, state, change, trace, version, history, behind, text, label, retry }
 *
 * - "sent": has no answer yet; "accepted": the list does not show it yet
 * - "unanswered": the answer was lost, so the command may have taken effect
 * - "rejected"; "lost": was accepted in a history that has ended
 *
 * All rows are of one history of the store. When another history begins, the rows are discarded, and accepted commands
 * that the list has not shown are reported as possibly lost: no later row can tell.
 */
const rows = new Map();
const commands = new Map();

/** The version of an order after this client's last command; null if the next command has no precondition. */
const versions = new Map();
let history = null;

/** Changes when an order may have changed. */
export const changes = signal(null);

/** The orders of the list, newest first; before them those that the list does not show, but that have a command. */
export function orders() {
  const others = [...commands.keys()].filter((id) => !rows.has(id)).map(order).filter(isShown);
  return [...others.reverse(), ...[...rows.values()].sort(newestFirst).map((row) => order(row.order_id))];
}

function newestFirst(a, b) {
  return b.placed_at.localeCompare(a.placed_at) || b.order_id.localeCompare(a.order_id);
}

function isShown({ optimistic, failed }) {
  return optimistic || failed.length > 0;
}

/** One order with the changes of its pending commands; `optimistic` if there are such changes. */
export function order(id) {
  const all = commands.get(id) ?? [];
  const pending = all.filter(isPending);
  const change = Object.assign({}, ...pending.map((command) => command.change));
  const failed = all.filter((command) => !isPending(command));
  return { order_id: id, ...rows.get(id), ...change, pending, optimistic: "status" in change, failed };
}

function isPending({ state }) {
  return state === "sent" || state === "accepted";
}

/** The version for the next command, { version, history }: that of the row, or of this client's last command. */
export function versionOf(id) {
  const row = rows.get(id);
  return versions.has(id) ? versions.get(id) : row ? { version: row.version, history } : null;
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
  const id = row.order_id;
  rows.set(id, row);
  const own = versions.get(id);
  if (own && (own.history !== history || own.version <= row.version)) {
    versions.delete(id);
  }
  settle(id, row.version);
}

/** Keeps the newest rows; returns whether there were more. */
export function keep(count) {
  const rest = rows.size > count ? [...rows.values()].sort(newestFirst).slice(count) : [];
  rest.forEach((row) => rows.delete(row.order_id));
  return rest.length > 0;
}

/** Sets the history of all rows from now on; discards the rows of another one. */
export function enterHistory(next) {
  if (next !== history) {
    const ended = history;
    history = next;
    discardRows();
    [...commands.keys()].forEach((id) => loseAll(id, (command) => command.history === ended));
  }
}

/** Discards all rows, of which those that there are come again. */
export function discardRows() {
  rows.clear();
  changes.set(null);
}

/** Removes a row that has left the list, which also makes its accepted commands visible. */
export function remove(id) {
  rows.delete(id);
  settleWhere(id, () => true);
}

/** Adds a command that is being sent; its change, if any, is shown immediately. A rejection before it is dismissed. */
export function add(id, command) {
  const others = commands.get(id)?.filter(({ state }) => state !== "rejected" && state !== "lost") ?? [];
  commands.set(id, [...others, { ...command, state: "sent" }]);
  changes.set(id);
}

/** The command was accepted; the list does not reflect its version yet. */
export function accepted(id, key, version) {
  if (versions.get(id)?.history !== version.history || versions.get(id).version < version.version) {
    versions.set(id, version);
  }
  set(id, key, { state: "accepted", ...version });
  settle(id, rows.get(id)?.version ?? 0);
}

/** Changes a command, such as how many positions the list is behind it. */
export function set(id, key, change) {
  const command = commands.get(id)?.find((each) => each.key === key);
  if (command) {
    Object.assign(command, change);
    changes.set(id);
  }
}

/** Forgets a command, which removes its change or its error. */
export function drop(id, key) {
  const rest = (commands.get(id) ?? []).filter((command) => command.key !== key);
  rest.length > 0 ? commands.set(id, rest) : commands.delete(id);
  changes.set(id);
}

/** Sets the version for the next command after a conflict; without a version, the next command has no precondition. */
export function setVersion(id, version) {
  versions.set(id, version);
}

export function hasUnanswered(id) {
  return (commands.get(id) ?? []).some(({ state }) => state === "unanswered");
}

/** The list reflects a command. */
export function markVisible(id, key) {
  settleWhere(id, (command) => command.key === key);
}

/** The history in which a command was accepted has ended. */
export function markLost(id, key) {
  loseAll(id, (command) => command.key === key);
}

/** A row of this version shows all commands up to it. */
function settle(id, version) {
  settleWhere(id, (command) => command.history === history && command.version <= version);
}

function settleWhere(id, isShownBy) {
  const settled = (commands.get(id) ?? []).filter((command) => command.state === "accepted" && isShownBy(command));
  settled.forEach(({ key, trace }) => {
    drop(id, key);
    trace.visible();
  });
  changes.set(id);
}

function loseAll(id, hasEnded) {
  const ended = (commands.get(id) ?? []).filter((command) => command.state === "accepted" && hasEnded(command));
  const text = "The command was accepted, but the store has another history now and may have lost it. Check the order.";
  ended.forEach(({ key, trace }) => {
    set(id, key, { state: "lost", text });
    trace.lost();
  });
}
