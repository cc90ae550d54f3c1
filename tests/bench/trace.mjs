// What Chromium's trace events tell of the main thread.

/** The p-quantile of some numbers, by nearest rank. */
export function quantile(numbers, p) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
}

/**
 * How long the main thread worked (script, style, layout, paint: whole tasks) between one mark
 * "press" and the next, in milliseconds; the last mark only closes the last press. The tasks that
 * set the mark itself are left out by beginning after it.
 */
export function workPerPress(events) {
  const marks = events.filter((e) => e.name === "press" && e.cat.includes("blink.user_timing"));
  if (marks.length < 2) throw new Error("the trace holds no presses");
  const { pid, tid } = marks[0];
  const tasks = events.filter(
    (e) => e.name === "RunTask" && e.ph === "X" && e.pid === pid && e.tid === tid,
  );
  if (tasks.length === 0) throw new Error("the trace holds no tasks of the main thread");
  const starts = marks.map((mark) => mark.ts).sort((a, b) => a - b);
  const work = Array(starts.length - 1).fill(0);
  for (const { ts, dur, tdur } of tasks) {
    const press = starts.findLastIndex((start) => start <= ts);
    if (press >= 0 && press < work.length) work[press] += (tdur ?? dur) / 1000;
  }
  return work;
}
