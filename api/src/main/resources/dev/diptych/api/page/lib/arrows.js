import { update } from "./dom.js";

/**
 * Limits Tab to the controls of one row of a list. The arrow keys, Home and End lead from there to the same control of
 * another row.
 *
 * @param controls selects the controls of a row; each has a data-focus, which names it
 * @returns a function to call when rows have changed
 */
export function arrows(list, controls) {
  let current = null;
  const limitTab = () => {
    const rows = [...list.children];
    const stop = rows.includes(current) ? current : rows[0];
    for (const row of rows) {
      row.querySelectorAll(controls).forEach((each) => update(each, { tabIndex: row === stop ? 0 : -1 }));
    }
  };
  list.addEventListener("focusin", ({ target }) => {
    current = rowOf(list, target);
    limitTab();
  });
  list.addEventListener("keydown", (event) => {
    const rows = [...list.children];
    const at = rows.indexOf(rowOf(list, event.target));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.target.matches(controls) && rows[to]) {
      event.preventDefault();
      rows[to].querySelector(`[data-focus=${event.target.dataset.focus}]`)?.focus();
    }
  });
  return limitTab;
}

function rowOf(list, element) {
  return [...list.children].find((row) => row.contains(element));
}
