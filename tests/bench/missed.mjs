// Which share of the frames comes late while something is done by hand on the page.

/** How long it is done, in frames. */
const FRAMES = 300;
/** One frame of a screen with 60 of them a second, in milliseconds. */
export const FRAME = 1000 / 60;

/** Does `act(0)`, `act(1)`, ... one after the other at a hand's pace; the share of late frames in percent. */
export async function missedWhile(page, act) {
  const counting = page.evaluate(
    ([count, frame]) =>
      new Promise((resolve) => {
        let last = performance.now();
        let seen = 0;
        let missed = 0;
        const next = (now) => {
          missed += Math.max(0, Math.round((now - last) / frame) - 1);
          last = now;
          seen += 1;
          if (seen < count) requestAnimationFrame(next);
          else resolve((100 * missed) / (seen + missed));
        };
        requestAnimationFrame(next);
      }),
    [FRAMES, FRAME],
  );
  let done = false;
  counting.finally(() => (done = true));
  for (let at = 0; !done; at += 1) {
    await act(at);
    await page.waitForTimeout(8);
  }
  return counting;
}

/** From 0 to 1 and back, again and again. */
export const thereAndBack = (at, turn = 120) => Math.abs(((at / turn) % 2) - 1);

/** Drags along the timeline, a bit further each frame: which share of the frames came late. */
export async function scrub(page) {
  const box = await page.getByRole("slider", { name: "Timeline" }).boundingBox();
  const y = box.y + box.height / 2;
  const x = (share) => box.x + box.width * (0.02 + 0.96 * share);
  await page.mouse.move(x(1), y);
  await page.mouse.down();
  const missed = await missedWhile(page, (at) => page.mouse.move(x(thereAndBack(at)), y));
  await page.mouse.up();
  return missed;
}
