import { byId, el, fill } from "../lib/dom.js";
import { address, go } from "../lib/address.js";
import { showAddresses } from "./addresses.js";
import { showOrders } from "./orders.js";
import { showSubscriptions } from "./subscriptions.js";
import { showCustomers, showProducts } from "./tables.js";

const VIEWS = [
  ["orders", "Orders", showOrders],
  ["subscriptions", "Subscriptions", showSubscriptions],
  ["customers", "Active customers", showCustomers],
  ["products", "Product sales", showProducts],
  ["addresses", "Addresses", showAddresses],
];

/** The read models, and a table that is none, as tabs. */
export function showViews(element) {
  const tabs = VIEWS.map(([key, name], i) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${key}`,
        "aria-controls": `view-${key}`,
        onclick: () => go({ tab: key }),
        onkeydown: (event) => move(event, i),
      },
      name,
    ),
  );
  const panels = VIEWS.map(([key]) =>
    el("div", { role: "tabpanel", id: `view-${key}`, class: "view", hidden: true, "aria-labelledby": `tab-${key}` }),
  );
  fill(element, el("div", { role: "tablist", class: "tabs", "aria-label": "Views" }, tabs), panels);
  const refreshers = VIEWS.map(([, , create], i) => create(panels[i]));
  const choose = () => {
    const chosen = Math.max(0, VIEWS.findIndex(([key]) => key === address.get().tab));
    if (panels[chosen].hidden) {
      show(chosen);
    }
  };
  const show = (chosen) => {
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
      go({ tab: VIEWS[chosen][0] });
      byId(`tab-${VIEWS[chosen][0]}`).focus();
    }
  };
  address.follow(choose, { immediately: true });
}
