const waiting = new Set();

/** Draws now, and once in the animation frame after each change of a signal, however many changes there were. */
export function drawOn(signals, draw) {
  const schedule = () => {
    if (waiting.size === 0) {
      requestAnimationFrame(drawAll);
    }
    waiting.add(draw);
  };
  signals.forEach((each) => each.follow(schedule));
  draw();
}

function drawAll() {
  const draws = [...waiting];
  waiting.clear();
  draws.forEach((draw) => draw());
}
