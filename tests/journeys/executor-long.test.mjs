// A run is played to its end: in a worker, with progress, without a frame lost on the page, and as
// far as possible also where the worker is not to be had.

import assert from "node:assert/strict";

import { quantile } from "../bench/trace.mjs";
import { journey } from "./harness.mjs";

/** Four tasks that keep each other busy; the run comes to rest after this many steps. */
const BUSY =
  "1yef8SAHVAWNoYW5uZWwgcGluZwpjaGFubmVsIHBvbmcKdGFzayBzZXJ2ZXIgeyBsb29wIDkwMDAgeyByZWN2IHBpbmcg" +
  "c2VuZCBwb25nIH0gfQp0YXNrIGNsaWVudCB7IGxvb3AgOTAwMCB7IHNlbmQgcGluZyByZWN2IHBvbmcgfSB9CnRhc2sg" +
  "c2xlZXBlciB7IGxvb3AgNTAwMCB7IHNsZWVwIDMgeWllbGQgfSB9CnRhc2sgcG9saXRlIHsgbG9vcCA5MDAwIHsgeWll" +
  "bGQgeWllbGQgfSB9CgEAAQAAAAAA";
const BUSY_STEPS = 544_029;

/** A frame, in milliseconds. */
const FRAME = 1000 / 60;

/** A worker's own requests are not the page's: without an offline copy, all go past `route`. */
const context = { serviceWorkers: "block" };
const running = (page) => page.getByRole("progressbar", { name: "Running to the end" });
const timeline = (page) => page.getByRole("slider", { name: "Timeline" });

/** How many steps the run has, and after how many of them one looks at it. */
async function steps(page) {
  return timeline(page).evaluate((slider) => Number(slider.max));
}
async function cursor(page) {
  return Number(await timeline(page).inputValue());
}

/** Opens the run and asks for its end: at the last step, End runs on. */
async function toTheEnd(visit) {
  await visit.open(`executor/#${BUSY}`);
  await visit.page.getByRole("button", { name: "Last", exact: true }).click();
}

async function untilSteps(page, least) {
  const slider = await timeline(page).elementHandle();
  const enough = ([slider, least]) => Number(slider.max) >= least;
  await page.waitForFunction(enough, [slider, least], { timeout: 120_000 });
}

journey("a run is played to its end by a worker of the same build", { trace: false, context }, async (visit) => {
  const { page } = visit;
  const asked = await visit.requestsDuring(async () => {
    await toTheEnd(visit);
    await running(page).waitFor();
    await untilSteps(page, BUSY_STEPS);
  });
  assert.equal(await steps(page), BUSY_STEPS);
  assert.equal(await cursor(page), BUSY_STEPS);
  const build = await page.evaluate(() => document.querySelector("meta[name=build]").content);
  const worker = asked.filter((path) => path.includes("worker"));
  assert.deepEqual(
    worker.map((path) => path.replace(`/worker/${build}/`, "")).sort(),
    ["worker.js", "worker_bg.wasm", "worker_loader.js"],
  );

  // Every step of it is there: any can be gone to.
  await page.keyboard.press("Home");
  assert.equal(await cursor(page), 0);
});

journey("no frame is lost to it on the page", { trace: false, context }, async (visit) => {
  const { page } = visit;
  await visit.open(`executor/#${BUSY}`);
  // Marks each frame while the work is under way: after the picture of its beginning, and before
  // that of its end, each of which is drawn once.
  await page.evaluate(() => {
    const mark = () => {
      if (document.querySelector("progress")) performance.mark("under way");
      requestAnimationFrame(mark);
    };
    requestAnimationFrame(mark);
  });
  const browser = visit.context.browser();
  const categories = ["-*", "disabled-by-default-devtools.timeline", "devtools.timeline", "toplevel"];
  await browser.startTracing(page, { categories: [...categories, "blink.user_timing"] });
  await page.getByRole("button", { name: "Last", exact: true }).click();
  await untilSteps(page, BUSY_STEPS);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());

  const marks = traceEvents.filter(({ name, cat }) => name === "under way" && /user_timing/.test(cat));
  assert.ok(marks.length > 10, `${marks.length} frames while it is under way`);
  const { pid, tid } = marks[0];
  const from = Math.min(...marks.map(({ ts }) => ts));
  const to = Math.max(...marks.map(({ ts }) => ts));
  // Time of the processor, so that what else the computer does is left out.
  const work = traceEvents
    .filter(({ name, ph }) => name === "RunTask" && ph === "X")
    .filter(({ pid: process, tid: thread }) => process === pid && thread === tid)
    .filter(({ ts, dur }) => ts > from && ts + dur < to)
    .map(({ dur, tdur = dur }) => tdur / 1000);
  assert.ok(work.length > marks.length, "the trace holds the tasks of the main thread");
  const [usual, most] = [quantile(work, 0.95), Math.max(...work)].map((ms) => ms.toFixed(1));
  console.log(`${work.length} tasks, ${marks.length} frames: ${usual} ms at p95, ${most} ms at most`);
  assert.ok(usual < FRAME && most < 2 * FRAME, `a task takes ${usual} ms at p95, ${most} ms at most`);
});

journey("it can be stopped, and keeps what is done", { trace: false, context }, async (visit) => {
  const { page } = visit;
  await visit.open(`executor/#${BUSY}`);
  // Quicker than a person, because the work is quick too.
  const stopped = page.evaluate(async () => {
    const stop = () => [...document.querySelectorAll("button")].find((it) => it.textContent === "Stop");
    while (!stop()) await new Promise(requestAnimationFrame);
    stop().click();
  });
  await page.getByRole("button", { name: "Last", exact: true }).click();
  await stopped;
  await page.locator("progress").waitFor({ state: "detached" });
  const done = await steps(page);
  assert.ok(done > 0 && done < BUSY_STEPS, `${done} steps`);
  assert.equal(await cursor(page), done);
  await page.getByRole("button", { name: "Step", exact: true }).click();
  assert.equal(await cursor(page), done + 1);
});

journey("a person who goes elsewhere has given it up", { trace: false, context }, async (visit) => {
  const { page } = visit;
  await toTheEnd(visit);
  await running(page).waitFor();
  await page.keyboard.press("Home");
  await running(page).waitFor({ state: "detached" });
  const before = await steps(page);
  await page.waitForTimeout(1_500);
  assert.equal(await steps(page), before);
  assert.equal(await cursor(page), 0);
});

for (const [what, answer, sentence] of [
  ["is not there", { status: 404, body: "" }, "could not be loaded"],
  [
    "is of another build",
    { contentType: "text/javascript", body: "postMessage('ready\\nothers');" },
    "in a newer version",
  ],
]) {
  const options = { trace: false, context, expected: [/404/, /request failed: .*worker_loader/] };
  journey(`where the worker ${what}, a sentence says so and the page does it itself`, options, async (visit) => {
    const { page } = visit;
    await visit.context.route(/worker_loader\.js$/, (route) => route.fulfill(answer));
    await toTheEnd(visit);
    await page.getByText(sentence).waitFor();
    await untilSteps(page, BUSY_STEPS);
    assert.equal(await steps(page), BUSY_STEPS);
  });
}
