// What a step costs the page while a long run is loaded, beside a bare page that changes one number
// and one rectangle on each key. Prints one JSON object a line: {"what", "value", "unit", "limit"}.
//
//   node tests/bench/frames.mjs PATH      the page with the run, below the release build's base

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { serve } from "../journeys/server.mjs";
import { FRAME, scrub } from "./missed.mjs";
import { quantile, workPerPress } from "./trace.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const { chromium } = createRequire(join(ROOT, "target/tools/npm/journeys/"))("playwright-core");

/** How often each key is pressed. */
const PRESSES = 200;
/** From one press to the next, in milliseconds: a key that is held down comes about twice as often. */
const PAUSE = 80;

/** The least that a page can do on a key. */
const BARE = `<!doctype html><meta charset="utf-8"><title>Bare</title>
<style>div { position: absolute; top: 4em; width: 40px; height: 40px; background: teal }</style>
<p>0</p><div></div>
<script>
  let count = 0;
  addEventListener("keydown", () => {
    count += 1;
    document.querySelector("p").textContent = count;
    document.querySelector("div").style.left = (count % 100) + "px";
  });
</script>`;

/** Every task of the main thread, and the marks; finer events would cost time of their own. */
const CATEGORIES = ["toplevel", "blink.user_timing"];

/** Collects the trace events of what `doing` does. */
async function traced(page, doing) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: CATEGORIES };
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  await doing();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  return events;
}

/** Waits until `count` frames have been shown. */
const frames = (page, count) =>
  page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame);
  }, count);

/** Presses `key` again and again: the work on each press, and the time until it was painted. */
async function presses(page, key) {
  await page.evaluate(() => {
    const isFirst = !globalThis.durations;
    globalThis.durations = [];
    if (!isFirst) return;
    addEventListener("keydown", () => performance.mark("press"), true);
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === "keydown") globalThis.durations.push(duration);
      }
    }).observe({ type: "event", durationThreshold: 16 });
  });
  // Between the presses nothing is asked of the page: what it would do for this measure is no work
  // of a step.
  const events = await traced(page, async () => {
    for (let press = 0; press < PRESSES; press += 1) {
      await page.keyboard.press(key);
      await page.waitForTimeout(PAUSE);
    }
  });
  const told = await page.evaluate(() => globalThis.durations);
  // Event Timing keeps silent about what was painted within 16 ms.
  const silent = Array(Math.max(0, PRESSES - told.length)).fill(16);
  return { work: workPerPress(events), painted: [...told, ...silent] };
}

function tell(what, value, unit, limit = null) {
  console.log(JSON.stringify({ what, value, unit, limit }));
}

const [path] = process.argv.slice(2);
const site = await serve(join(ROOT, "dist"), {});
const which = process.env.CHROME ? { executablePath: process.env.CHROME } : { channel: "chrome" };
const browser = await chromium.launch(which);
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const bare = await context.newPage();
  await bare.setContent(BARE);
  const floor = await presses(bare, "ArrowRight");
  await bare.close();

  const page = await context.newPage();
  await page.goto(site.url(path));
  await page.getByRole("slider", { name: "Timeline" }).waitFor();
  await page.waitForTimeout(1000);
  const steps = Number(await page.getByRole("slider", { name: "Timeline" }).getAttribute("max"));
  if (steps < 10_000) throw new Error(`the page has loaded ${steps} steps, not the long run`);
  tell("steps in the run that is loaded", steps, "steps");

  await page.keyboard.press("Home");
  await frames(page, 10);
  const forward = await presses(page, "ArrowRight");
  await page.keyboard.press("End");
  await frames(page, 10);
  const back = await presses(page, "ArrowLeft");
  const painted = quantile(floor.painted, 0.95);
  tell("main thread a press on a bare page, p95", quantile(floor.work, 0.95), "ms");
  tell("key press to painted on a bare page, p95", painted, "ms");
  for (const [way, { work, painted: ours }] of Object.entries({ forward, back })) {
    tell(`main thread a step ${way}, p95`, quantile(work, 0.95), "ms", 8);
    tell(`key press to painted, ${way}, p95`, quantile(ours, 0.95), "ms", painted + FRAME);
  }
  await page.keyboard.press("Home");
  tell("frames missed while scrubbing", await scrub(page), "%", 1);
} finally {
  await browser.close();
  await site.close();
}
