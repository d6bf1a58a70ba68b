import { el, fill } from "../lib/dom.js";
import { exchanges, inWords, send } from "../lib/http.js";

const LIMIT = 12;
const AGAIN_AFTER = 1_500;

/**
 * A read model as a table: asked for when it is looked at, and while it is, after every command, until it shows it.
 *
 * @returns what to call when the table comes into view
 */
export function table(element, { path, caption, columns, row }) {
  const body = el("tbody");
  const trouble = el("p", { class: "trouble", role: "status", hidden: true });
  fill(
    element,
    el("table", { class: "rows" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, columns.map((each, i) => el("th", { scope: "col", class: i > 0 && "number" }, each)))), body),
    trouble,
  );
  let timer = 0;
  const look = async () => {
    clearTimeout(timer);
    if (element.hidden || document.hidden) {
      timer = setTimeout(look, AGAIN_AFTER);
      return;
    }
    const answer = await send("GET", `${path}?limit=${LIMIT}`, { quiet: true });
    trouble.hidden = answer.ok;
    fill(trouble, answer.ok ? "" : inWords(answer));
    if (answer.ok) {
      fill(body, answer.json.items.length === 0 ? el("tr", {}, el("td", { colspan: columns.length, class: "empty" }, "Nothing yet.")) : answer.json.items.map((item) => line(row(item))));
    }
    timer = setTimeout(look, AGAIN_AFTER);
  };
  exchanges.follow((exchange) => exchange?.method === "POST" && exchange.answer && !element.hidden && look());
  return look;
}

function line([first, ...others]) {
  return el("tr", {}, el("th", { scope: "row" }, first), others.map((each) => el("td", { class: "number" }, String(each))));
}
