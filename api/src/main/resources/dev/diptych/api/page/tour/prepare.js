import { customers, products } from "../client/catalogue.js";
import { act, place } from "../client/commands.js";
import { ALL, filter } from "../client/list.js";
import { race, startRace } from "../client/race.js";
import * as clientState from "../client/state.js";
import { strategy } from "../client/strategy.js";
import { address, go } from "../lib/address.js";
import { plural } from "../lib/format.js";
import { errorText, losing, send } from "../lib/http.js";
import { exchangeOf, select } from "../server/exchanges.js";
import { poll } from "../server/lab.js";
import { now, SIGNALS } from "./happened.js";

/**
 * Prepares what a step needs, unless it is so already: no append is held back, no answer will be lost, the list shows
 * all orders, and then what the step says. Throws with the server's reason if that is not possible.
 *
 * @param isCurrent tells whether the step is still shown; if not, the rest is not prepared
 */
export async function prepare(needs, isCurrent) {
  losing.set(false);
  if (address.get().tab !== undefined) {
    go({ tab: undefined }, { replace: true });
  }
  if (filter.get() !== ALL) {
    filter.set(ALL);
  }
  if (now().held) {
    demand(await send("POST", "/lab/appends/release"));
  }
  for (const [name, wanted] of Object.entries(needs)) {
    if (isCurrent()) {
      await NEEDS[name](wanted, isCurrent);
    }
  }
}

/** A step that takes longer to prepare says why. */
const LONGEST_WAIT = 10_000;

const NEEDS = {
  strategy: (wanted) => wanted !== strategy.get() && strategy.set(wanted),

  /** "running" or "paused": the projection order-list. */
  async list(wanted, isCurrent) {
    if (now().list.state !== wanted) {
      demand(await send("POST", `/projections/order-list/${wanted === "paused" ? "pause" : "resume"}`));
      poll();
      await until(() => now().list.state === wanted, isCurrent);
    }
  },

  /** The last command on the order of the tour, or "any"; a new order is listed before the step begins. */
  async order(wanted, isCurrent) {
    const { order, isListed } = now();
    if (order !== null && isListed && (wanted === "any" || wanted === order.verb)) {
      return;
    }
    await NEEDS.list("running", isCurrent);
    demand(await placeOrder());
    await until(() => now().isSettled, isCurrent);
    if (wanted === "pay") {
      demand(await act("pay", clientState.order(now().order.id)));
      await until(() => now().isSettled, isCurrent);
    }
  },

  /** A command that the list does not show, since order-list is paused. */
  async unseen(wanted, isCurrent) {
    if (now().list.state === "paused" && now().list.lag > 0 && now().isListed) {
      return;
    }
    await NEEDS.order("place", isCurrent);
    await NEEDS.list("paused", isCurrent);
    demand(await act("pay", clientState.order(now().order.id)));
    await until(() => now().list.lag > 0, isCurrent);
  },

  /** The exchange of the last command is selected. */
  async exchange(wanted, isCurrent) {
    if (!exchangeOf(now().order?.key)) {
      demand(await placeOrder());
    }
    select(exchangeOf(now().order.key));
  },

  async race(wanted) {
    if (wanted && race.get() === null) {
      await startRace();
    } else if (!wanted) {
      race.set(null);
    }
  },
};

function placeOrder() {
  const [{ sku, unit_price: price }] = products;
  return place(customers[0].customer_id, [{ sku, quantity: 1, unit_price: price }], price);
}

function demand(response) {
  if (!response.ok) {
    throw new Error(errorText(response));
  }
}

/** Waits until something holds, or the step is no longer shown; throws with the reason if that takes too long. */
function until(holds, isCurrent) {
  return new Promise((resolve, reject) => {
    const stops = SIGNALS.map((each) => each.follow(check));
    const timer = setTimeout(() => end(() => reject(new Error(listText()))), LONGEST_WAIT);
    check();

    function check() {
      if (holds() || !isCurrent()) {
        end(resolve);
      }
    }

    function end(then) {
      clearTimeout(timer);
      stops.forEach((stop) => stop());
      then();
    }
  });
}

function listText() {
  const { state = "unknown", lag = 0 } = now().list;
  return `order-list is ${state} on this node${lag > 0 ? `, ${plural(lag, "position")} behind` : ""}.`;
}
