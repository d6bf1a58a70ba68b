import { send } from "../lib/http.js";
import { signal } from "../lib/signal.js";

/** How a client reads the row of an order from each view. */
const VIEWS = {
  "order-summaries": async (id) => answer(await query(`/orders/${id}`), (row) => ({ row })),
  "order-list": async (id, customer) =>
    answer(await query(`/orders?customer_id=${encodeURIComponent(customer)}&limit=200`), (json) => ({
      row: json.items.find((each) => each.order_id === id),
      isCut: Boolean(json.next_cursor),
    })),
};

/**
 * The rows of the order that is shown, as they are now: { id, views }, with { row, checkpoint, isCut } by the name of
 * the projection. Without a row, the view does not have it; without a checkpoint, that is not known, nor is it if the
 * list is cut before the row.
 */
export const rows = signal({ id: null, views: {} });

let wanted = null;
let reading = false;

/** Reads the rows of an order; while they are being read, remembers the last request only. */
export async function readRows(id, customer) {
  wanted = { id, customer };
  if (reading) {
    return;
  }
  reading = true;
  while (wanted !== null) {
    const now = wanted;
    wanted = null;
    const views = Object.entries(VIEWS).map(async ([name, read]) => [name, await read(now.id, now.customer)]);
    rows.set({ id: now.id, views: Object.fromEntries(await Promise.all(views)) });
  }
  reading = false;
}

function query(path) {
  return send("GET", path, { quiet: true });
}

function answer({ ok, headers, json }, find) {
  const checkpoint = headers.get("Projection-Position");
  const { row = null, isCut = false } = ok ? find(json) : {};
  return { row, checkpoint: checkpoint === null ? null : Number(checkpoint), isCut: isCut && row === null };
}
