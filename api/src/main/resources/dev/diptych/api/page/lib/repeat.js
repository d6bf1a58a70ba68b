/**
 * Repeats a task, with a pause after each run; not while the page is hidden.
 *
 * @param pause returns the pause in milliseconds
 * @returns a function that runs the task immediately, or after the run in progress
 */
export function repeat(task, pause) {
  let timer = 0;
  let running = false;
  let again = false;
  const run = async () => {
    clearTimeout(timer);
    again = running;
    if (running) {
      return;
    }
    running = true;
    try {
      if (!document.hidden) {
        await task();
      }
    } finally {
      running = false;
      timer = setTimeout(run, again ? 0 : pause());
    }
  };
  document.addEventListener("visibilitychange", run);
  return run;
}
