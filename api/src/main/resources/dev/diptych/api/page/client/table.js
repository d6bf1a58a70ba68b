import { el, fill } from "../lib/dom.js";
import { exchanges, errorText, send } from "../lib/http.js";

const LIMIT = 12;
const POLL_INTERVAL = 1_500;

/**
 * Shows a read model as a table. While the table is visible, it is polled, and queried after every command.
 *
 * @returns a function to call when the table becomes visible
 */
export function table(element, { path, caption, columns, row }) {
  const body = el("tbody");
  const error = el("p", { class: "error", role: "status", hidden: true });
  fill(
    element,
    el(
      "table",
      { class: "rows" },
      el("caption", {}, caption),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          columns.map((each, i) => el("th", { scope: "col", class: i > 0 && "number" }, each)),
        ),
      ),
      body,
    ),
    error,
  );
  let timer = 0;
  const refresh = async () => {
    clearTimeout(timer);
    if (element.hidden || document.hidden) {
      timer = setTimeout(refresh, POLL_INTERVAL);
      return;
    }
    const response = await send("GET", `${path}?limit=${LIMIT}`, { quiet: true });
    error.hidden = response.ok;
    fill(error, response.ok ? "" : errorText(response));
    if (response.ok) {
      fill(
        body,
        response.json.items.length === 0
          ? el("tr", {}, el("td", { colspan: columns.length, class: "empty" }, "No rows yet."))
          : response.json.items.map((item) => line(row(item))),
      );
    }
    timer = setTimeout(refresh, POLL_INTERVAL);
  };
  exchanges.follow((exchange) => exchange?.method === "POST" && exchange.response && !element.hidden && refresh());
  return refresh;
}

function line([first, ...others]) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, first),
    others.map((each) => el("td", { class: "number" }, String(each))),
  );
}
