import { svg, update } from "../lib/dom.js";
import { duration, plural } from "../lib/format.js";
import { KEPT } from "./samples.js";

const WIDTH = 1000;
const HEIGHT = 100;
const MILLISECONDS = KEPT * 1_000;

/** So much lag fills the chart, or more if there is more. */
const LEAST = 5;

/**
 * The lag of a projection over the last two minutes, as an area. Pauses and rebuilds are marked in its whole height; at
 * its foot is a line from the answer to each command of this page until the projection had applied its event.
 */
export function lagChart(name) {
  const [rebuilds, pauses, lag, waits] = ["rebuilds", "pauses", "lag-area", "waits"].map((kind) =>
    svg("path", { class: kind }),
  );
  const element = svg(
    "svg",
    { class: "lag-chart", role: "img", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none" },
    rebuilds,
    pauses,
    lag,
    waits,
  );
  let drawn = {};
  return {
    element,
    /** Draws the samples of all projections, and the waits, { from, to }, of this one; only what is new. */
    draw(all, spans) {
      if (drawn.all === all && drawn.spans === spans) {
        return;
      }
      drawn = { all, spans };
      const samples = all
        .filter((each) => each.projections.has(name))
        .map((each) => ({ at: each.at, ...each.projections.get(name) }));
      const now = Math.max(samples.at(-1)?.at ?? 0, ...spans.map(({ from }) => from));
      const x = (at) => Math.max(0, WIDTH * (1 - (now - at) / MILLISECONDS)).toFixed(1);
      const most = Math.max(0, ...samples.map((each) => each.lag));
      const paused = runs(samples, ({ state }) => state === "paused");
      const rebuilt = runs(samples, ({ rebuilding }) => rebuilding);
      update(lag, { d: area(samples, x, Math.max(LEAST, most)) });
      update(pauses, { d: blocks(paused, x) });
      update(rebuilds, { d: blocks(rebuilt, x) });
      update(waits, { d: spans.map(({ from, to }) => `M${x(from)} 94H${end(x, from, to ?? now)}`).join("") });
      update(element, {
        "data-seconds": samples.length,
        "data-pauses": paused.length,
        "data-rebuilds": rebuilt.length,
        "data-waits": spans.length,
        "data-most": most,
        "aria-label": label(name, samples, most, paused, rebuilt),
      });
    },
  };
}

/** A short wait is still to be seen. */
function end(x, from, to) {
  return Math.max(Number(x(to)), Number(x(from)) + 4).toFixed(1);
}

function area(samples, x, most) {
  if (samples.length === 0) {
    return "";
  }
  const y = (lag) => (HEIGHT - 8 - (Math.max(0, lag) / most) * 84).toFixed(1);
  const points = samples.map(({ at, lag }) => `L${x(at)} ${y(lag)}`).join("");
  return `M${x(samples[0].at)} ${HEIGHT}${points}V${HEIGHT}Z`;
}

/** The times in which a condition held, as { from, to }. */
function runs(samples, holds) {
  const found = [];
  samples.forEach((sample, i) => {
    if (holds(sample)) {
      if (i > 0 && holds(samples[i - 1])) {
        found.at(-1).to = sample.at;
      } else {
        found.push({ from: sample.at - 1_000, to: sample.at });
      }
    }
  });
  return found;
}

function blocks(times, x) {
  return times.map(({ from, to }) => `M${x(from)} 0H${x(to)}V${HEIGHT}H${x(from)}Z`).join("");
}

function label(name, samples, most, paused, rebuilt) {
  const now = samples.at(-1)?.lag ?? 0;
  const marks = [
    [paused.length, "pause"],
    [rebuilt.length, "rebuild"],
  ];
  return [
    `Lag of ${name} in the last two minutes: now ${now}, at most ${most}`,
    ...marks.filter(([count]) => count > 0).map(([count, kind]) => plural(count, kind)),
  ].join(", ");
}

/** The text of the last wait: how long after its answer a command was visible. */
export function waitText(spans) {
  const last = spans.find(({ to }) => to !== null);
  return last ? `visible ${duration(last.to - last.from)} after the answer` : "";
}
