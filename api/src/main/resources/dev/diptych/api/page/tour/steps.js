const LIST = '[data-projection="order-list"]';
const PLACE = '#place-form button[type="submit"]';

const row = ({ order }, part = "") => `.order[data-id="${order?.id}"] ${part}`.trim();

const accepted = ({ sent, order }, verb) => sent.some((each) => each.ok && each.verb === verb && each.id === order?.id);

const operated = ({ sent }, path) => sent.some((each) => each.ok && each.path === path);

/**
 * The steps of the tour: data, and predicates on what has happened (see happened.js).
 *
 * - say: at most three short sentences; seen: what to conclude once it has happened
 * - needs: what the tour prepares if it is not so, in this order (see prepare.js)
 * - pointAt: the selector of the element to use, or to look at when it has happened
 * - until: whether it has happened
 */
export const STEPS = [
  {
    title: "A command becomes an event",
    say: [
      "A command asks for a change.",
      "The server loads the order from its earlier events (the aggregate), checks its rules, and accepts or rejects.",
      "Press “Place order”.",
    ],
    seen: [
      "It was accepted, and the event order-placed was added at the end of the log, which has all events in order.",
      "Events never change, and all other data is derived from them.",
    ],
    chapter: "02-a-commands-way-in",
    needs: { list: "running" },
    pointAt: (now) => (now.done ? "#events" : PLACE),
    until: (now) => accepted(now, "place"),
  },
  {
    title: "A projection keeps a read model up to date",
    say: [
      "The list of orders is a read model: rows that are made for one query.",
      "The projection order-list reads the events in order, and writes these rows.",
      "Pause it.",
    ],
    seen: [
      "It remembers how far it has read, which is its checkpoint: all events up to this position are in its rows.",
      "Commands do not depend on it.",
    ],
    chapter: "06-projections-and-checkpoints",
    needs: { order: "any", list: "running" },
    pointAt: (now) => (now.done ? LIST : `${LIST} [data-verb="pause"]`),
    until: ({ list }) => list.state === "paused",
  },
  {
    title: "Lag",
    say: [
      "Pay your order.",
      "The command is accepted, although the projection is paused.",
      "Watch the row, and order-list on the right.",
    ],
    seen: [
      "The lag is what lies between the checkpoint and the end of the log: order-list has not applied order-paid yet.",
      "So the row is marked as pending, and the lag grows with each event until order-list reads on.",
    ],
    chapter: "07-eventual-consistency",
    needs: { order: "place", strategy: "optimistic", list: "paused" },
    pointAt: (now) => (now.done ? LIST : row(now, "[data-focus=pay]")),
    until: (now) => accepted(now, "pay") && now.list.lag > 0,
  },
  {
    title: "The same lag, with a subscription",
    say: [
      "A client can also subscribe: the server sends it each row that has changed.",
      "Choose Subscription, and ship the order.",
    ],
    seen: [
      "The command was accepted, and the list does not have it: the read model is still behind.",
      "A strategy handles the lag, and does not remove it.",
    ],
    chapter: "07-eventual-consistency",
    needs: { order: "pay", list: "paused" },
    pointAt: (now) =>
      now.done ? row(now) : now.strategy === "subscription" ? row(now, "[data-focus=ship]") : ".segments",
    until: (now) => now.strategy === "subscription" && accepted(now, "ship") && now.list.lag > 0,
  },
  {
    title: "A client reads its own write",
    say: [
      "The answer to a command has a consistency token, with the position of its event.",
      "A query with this token waits until the checkpoint has reached it; if that takes too long, the answer is 503.",
      "Resume order-list.",
    ],
    seen: [
      "The checkpoint has reached your event, the lag is 0, and the row shows your command.",
      "With the strategy Polling, this page sends the token with its queries: see the requests on the right.",
    ],
    chapter: "08-read-your-own-writes",
    needs: { unseen: true },
    pointAt: (now) => (now.done ? row(now) : `${LIST} [data-verb="resume"]`),
    until: ({ list, isSettled }) => list.state === "running" && list.lag === 0 && isSettled,
  },
  {
    title: "The same key again",
    say: [
      "Each command has an Idempotency-Key, which the client chooses.",
      "Send the last command again with the same key.",
    ],
    seen: [
      "The answer is the same, with the same ETag and token, and there is no second event.",
      "The store keeps the key with the events, and recognizes a command that it has carried out.",
    ],
    chapter: "09-conflicts-retries-idempotency",
    needs: { list: "running", exchange: true },
    pointAt: (now) => (now.done ? ".exchange .response" : "#send-again"),
    until: ({ sent }) => sent.some((each) => each.ok && each.repeated),
  },
  {
    title: "A race of two clients",
    say: [
      "Client A wants to pay an order, and client B to cancel it.",
      "Press “Read” in both, then Pay and Cancel: you decide who is first.",
      "The other one is rejected with 412: press “Read” there again.",
    ],
    seen: [
      "Each command names the version on which it was decided, as @Version of JPA does.",
      "That version was outdated, so nothing was overwritten, and the client decides again.",
    ],
    chapter: "09-conflicts-retries-idempotency",
    needs: { list: "running", race: true },
    pointAt: () => "#race",
    until: ({ sent }) => {
      const lost = sent.findIndex(({ status, path }) => status === 412 && path.startsWith("/orders/race-"));
      return (
        lost >= 0 && sent.slice(lost).some((each) => each.method === "GET" && each.ok && each.id === sent[lost].id)
      );
    },
  },
  {
    title: "A lost answer",
    say: [
      "An answer can be lost after the server has stored the event.",
      "Press “Lose the next answer”, and pay the order.",
      "Then try again with the same key.",
    ],
    seen: [
      "The client could not know whether it had paid.",
      "With the same key it can safely ask again: the order was paid once, and this is the answer that was lost.",
    ],
    chapter: "09-conflicts-retries-idempotency",
    needs: { list: "running", race: false, strategy: "optimistic", order: "place" },
    pointAt(now) {
      const lost = now.sent.some((each) => each.lost);
      return now.done
        ? row(now)
        : lost
          ? row(now, "[data-focus=retry]")
          : now.losing
            ? row(now, "[data-focus=pay]")
            : "#lose-answer";
    },
    until: ({ sent }) => sent.some((each) => each.ok && each.afterLoss),
  },
  {
    title: "An event held back at the horizon",
    say: [
      "An append can still be open when a later event is stored.",
      "Hold back an append, and place an order.",
    ],
    seen: [
      "Your order is stored, but readers stop at the horizon until the open append ends.",
      "A reader that went further could miss an event of that append.",
    ],
    chapter: "05-the-order-of-events",
    needs: { list: "running", race: false },
    pointAt: (now) => (now.done ? "#band-tape" : now.held ? PLACE : "#hold-append"),
    until: (now) => now.held && now.unread > 0 && accepted(now, "place"),
  },
  {
    title: "A rebuild without a gap",
    say: [
      "A read model can be built again from the events, for example with a new column.",
      "Rebuild order-list, and watch the list of orders.",
    ],
    seen: [
      "A copy was built from the first event on, and the old rows answered meanwhile.",
      "Then the copy took over in one step: the list was never empty.",
    ],
    chapter: "06-projections-and-checkpoints",
    needs: { list: "running", order: "any" },
    pointAt: (now) => (now.done ? ".orders" : `${LIST} [data-verb="rebuild"]`),
    until: (now) => now.rebuilt && !now.list.rebuild && now.list.lag === 0,
  },
  {
    title: "A crash between rows and checkpoint",
    say: [
      "A projection writes its rows, and then moves its checkpoint.",
      "Press “Crash order-list”, and place an order: it crashes between the two.",
    ],
    seen: [
      "Rows and checkpoint are in one transaction, which was rolled back.",
      "The event was then applied again: nothing is missing, and nothing is there twice.",
    ],
    chapter: "06-projections-and-checkpoints",
    needs: { list: "running" },
    pointAt: (now) =>
      now.done ? LIST : operated(now, "/lab/projections/order-list/crash") ? PLACE : "#crash-projection",
    until: ({ crash, list }) => crash?.projection === "order-list" && list.position > crash.checkpoint,
  },
  {
    title: "One order, its truths side by side",
    say: [
      "Select your order.",
      "On the right is the aggregate's state, beside the rows that the views have of it, each with its position.",
      "Move the slider to the left, to an earlier moment.",
    ],
    seen: [
      "Commands change aggregates, which raise events.",
      "Projections turn the events into read models, and queries read nothing else.",
      "Chapter 1 says when this is worth the effort.",
    ],
    chapter: "01-why-two-models",
    needs: { list: "running", order: "pay" },
    pointAt: (now) => (now.done ? ".after" : isOpen(now) ? "#travel" : row(now, "[data-focus=open]")),
    until: (now) => isOpen(now) && now.time !== undefined,
  },
];

function isOpen({ stream, order }) {
  return order !== null && stream === `order-${order.id}`;
}
