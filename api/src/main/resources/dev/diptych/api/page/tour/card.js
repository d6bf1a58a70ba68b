import { el, fill, update } from "../lib/dom.js";

const CHAPTERS = "/page/chapters/";

/** The card of the tour: draws a step, and tells which button was pressed: "back", "next", "show", "again", "close". */
export function tourCard(element, count, on) {
  const button = (name, label, kind = "quiet") =>
    el("button", { type: "button", class: kind, "data-tour": name, onclick: () => on(name) }, label);
  const number = el("span", { class: "tour-number" });
  const title = el("h2", { id: "tour-title", tabindex: "-1" });
  const say = el("p", { class: "tour-say" });
  const seen = el("p", { class: "tour-seen" });
  const note = el("p", { class: "error tour-note", hidden: true });
  const chapter = el("a", { class: "tour-chapter", target: "_blank", rel: "noopener" });
  const back = button("back", "Back");
  const next = button("next", "Next");
  fill(
    element,
    el("div", { class: "tour-head" }, title, number, chapter),
    el("div", { class: "tour-text", "aria-live": "polite" }, say, note, seen),
    el(
      "div",
      { class: "tour-buttons" },
      back,
      next,
      button("show", "Go there"),
      button("again", "Start over"),
      button("close", "Close"),
    ),
  );
  return { focus: () => title.focus(), draw };

  /** Draws { step, at, done, failure, problem }; with a problem, such as a server without the lab, there is no step. */
  function draw({ step, at, done, failure = "", problem }) {
    update(element, { "data-step": at, "data-done": String(done) });
    update(number, { text: problem ? "" : `${at} of ${count}` });
    update(title, { text: problem ? "The tour" : step.title });
    update(say, { text: problem ?? step.say.join(" ") });
    update(seen, { text: done ? step.seen.join(" ") : "", hidden: !done });
    update(note, { text: failure, hidden: failure === "" });
    update(chapter, { hidden: Boolean(problem), href: `${CHAPTERS}${step.chapter}.md`, text: chapterText(step) });
    update(back, { disabled: at === 1 });
    update(next, { disabled: at === count, class: done ? "query" : "quiet" });
  }
}

/** The chapter's number, and the path of its file in the repository. */
function chapterText({ chapter }) {
  return `Chapter ${Number(chapter.slice(0, 2))}: docs/chapters/${chapter}.md`;
}
