import { byId, el, fill } from "../lib/dom.js";
import { showCustomers } from "./customers.js";
import { showOrders } from "./orders.js";
import { showProducts } from "./products.js";
import { showSubscriptions } from "./subscriptions.js";

const VIEWS = [
  ["orders", "Orders", showOrders],
  ["subscriptions", "Subscriptions", showSubscriptions],
  ["customers", "Active customers", showCustomers],
  ["products", "Product sales", showProducts],
];

/** The read models, as tabs. */
export function showViews(element) {
  const tabs = VIEWS.map(([key, name], i) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${key}`,
        "aria-controls": `view-${key}`,
        onclick: () => choose(i),
        onkeydown: (event) => move(event, i),
      },
      name,
    ),
  );
  const panels = VIEWS.map(([key]) =>
    el("div", { role: "tabpanel", id: `view-${key}`, class: "view", "aria-labelledby": `tab-${key}` }),
  );
  fill(element, el("div", { role: "tablist", class: "tabs", "aria-label": "Read models" }, tabs), panels);
  const refreshers = VIEWS.map(([, , show], i) => show(panels[i]));
  const choose = (chosen) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === chosen));
      tab.tabIndex = i === chosen ? 0 : -1;
      panels[i].hidden = i !== chosen;
    });
    refreshers[chosen]?.();
  };
  const move = (event, from) => {
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: VIEWS.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const chosen = (to + VIEWS.length) % VIEWS.length;
      choose(chosen);
      byId(`tab-${VIEWS[chosen][0]}`).focus();
    }
  };
  choose(0);
}
