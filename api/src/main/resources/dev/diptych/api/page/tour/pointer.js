let pointed = null;

/** Whether the marked element is kept in sight while the page grows: until the visitor moves. */
let follows = false;

["wheel", "touchmove", "pointerdown", "keydown"].forEach((each) =>
  addEventListener(each, () => (follows = false), { passive: true }),
);

/** Marks the element of a selector, and no other, and brings it into sight. */
export function pointAt(selector) {
  const element = selector && document.querySelector(selector);
  if (element === pointed) {
    if (follows) {
      element?.scrollIntoView({ block: "nearest" });
    }
    return;
  }
  follows = true;
  pointed?.removeAttribute("data-pointed");
  element?.setAttribute("data-pointed", "");
  element?.scrollIntoView({ block: "nearest" });
  pointed = element;
}

/** Moves the focus to the marked element, or to the first control in it. */
export function focusPointed() {
  const control = pointed?.matches(CONTROLS) ? pointed : (pointed?.querySelector(CONTROLS) ?? pointed);
  pointed?.scrollIntoView({ block: "nearest" });
  control?.focus();
}

const CONTROLS = "button, input, select, summary, a[href], [tabindex]";
