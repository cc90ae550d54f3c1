// What Chromium's trace events tell of the main thread.

/** The p-quantile of some numbers, by nearest rank. */
export function quantile(numbers, p) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
}

/**
 * How long the main thread worked (script, style, layout, paint: whole tasks) for each key press, in
 * milliseconds: from the task on in which the key arrived and the mark "press" was set, until the
 * next one. The last press is closed by the end of the trace.
 */
export function workPerPress(events) {
  const keys = events.filter((e) => e.name === "press" && e.cat.includes("blink.user_timing"));
  if (keys.length < 2) throw new Error("the trace holds no presses");
  const { pid, tid } = keys[0];
  const isTask = ({ name, ph }) => name === "ThreadControllerImpl::RunTask" && ph === "X";
  const tasks = events.filter((e) => isTask(e) && e.pid === pid && e.tid === tid);
  const presses = keys.map((key) => {
    const task = tasks.find(({ ts, dur }) => ts <= key.ts && key.ts < ts + dur);
    if (!task) throw new Error("a key arrived outside of every task of the main thread");
    return task.ts;
  });
  presses.sort((a, b) => a - b);
  const work = Array(presses.length).fill(0);
  for (const { ts, dur, tdur } of tasks) {
    const press = presses.findLastIndex((start) => start <= ts);
    if (press >= 0) work[press] += (tdur ?? dur) / 1000;
  }
  return work;
}
