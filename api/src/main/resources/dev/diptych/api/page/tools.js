import { byId, el, fill, update } from "./lib/dom.js";
import { tokens } from "./lib/access.js";
import { unauthorized } from "./lib/http.js";

const SIDES = [
  ["write", "Write token", "for commands"],
  ["read", "Read token", "for queries"],
  ["ops", "Operations token", "for operations"],
];

const KEPT = "Tokens are kept until this tab is closed.";

const THEME = "diptych.theme";

/** The tools at the top of the page: the bearer tokens, and the colour theme. */
export function showTools() {
  fill(byId("tools"), tokenForm(), themeButton());
  document.querySelectorAll(".skip").forEach((link) => link.addEventListener("click", skip));
}

/** Moves the focus, and leaves the address as it is. */
function skip(event) {
  event.preventDefault();
  document.querySelector(event.currentTarget.getAttribute("href")).focus();
}

function tokenForm() {
  const fields = SIDES.map(([side, name, purpose]) =>
    el(
      "p",
      { class: "field" },
      el("label", { for: `token-${side}` }, `${name}, ${purpose}`),
      el("input", { id: `token-${side}`, type: "password", autocomplete: "off", value: tokens.get()[side] ?? "" }),
    ),
  );
  const hint = el("p", { class: "hint" }, `Required only if the server was started with tokens. ${KEPT}`);
  const box = el(
    "details",
    { class: "tokens" },
    el("summary", {}, "Access tokens"),
    el(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          tokens.set(Object.fromEntries(SIDES.map(([side]) => [side, byId(`token-${side}`).value.trim()])));
          location.reload();
        },
      },
      hint,
      fields,
      el("button", { type: "submit", class: "quiet" }, "Apply"),
    ),
  );
  askFor(hint, box);
  return box;
}

/** Opens the form when the server has refused a request for want of a token. */
function askFor(hint, box) {
  const missing = new Set();
  unauthorized.follow((side) => {
    if (!missing.has(side)) {
      missing.add(side);
      const purposes = SIDES.filter(([name]) => missing.has(name)).map(([, , purpose]) => purpose);
      update(hint, { text: `The server requires a token ${purposes.join(" and ")}. ${KEPT}` });
      update(box, { class: "tokens required", open: true });
    }
  });
}

function themeButton() {
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (preferred.matches ? "dark" : "light")) === "dark";
  const button = el("button", {
    type: "button",
    class: "quiet",
    onclick: () => {
      document.documentElement.dataset.theme = isDark() ? "light" : "dark";
      localStorage.setItem(THEME, document.documentElement.dataset.theme);
      label();
    },
  });
  const label = () =>
    fill(button, isDark() ? "Light" : "Dark").setAttribute(
      "aria-label",
      `Switch to the ${isDark() ? "light" : "dark"} theme`,
    );
  const chosen = localStorage.getItem(THEME);
  if (chosen) {
    document.documentElement.dataset.theme = chosen;
  }
  preferred.addEventListener("change", label);
  label();
  return button;
}
