/** The keys of a presenter, and of a remote control, which sends PageUp and PageDown. */
const MOVES = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Escape: "close" };

/** Where the arrow keys have a meaning of their own. */
const ARROWS = "input, select, textarea, [role=tab]";

/** Where a key belongs to a text. */
const TEXTS = "input:not([type=radio]), select, textarea";

/** Returns what a key means for the tour; nothing if it belongs to the focused control. */
export function moveOf(event) {
  const { target, key } = event;
  const isControl = target.matches?.(key.startsWith("Arrow") ? ARROWS : TEXTS);
  const isTaken = key !== "Escape" && (isControl || isScrolled(target));
  const hasModifier = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  return event.defaultPrevented || isTaken || hasModifier ? undefined : MOVES[key];
}

/** A focused element that scrolls needs these keys itself. */
function isScrolled(target) {
  return (
    target instanceof Element && target !== document.body && /auto|scroll/.test(getComputedStyle(target).overflow)
  );
}
