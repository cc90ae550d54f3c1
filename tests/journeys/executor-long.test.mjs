// A run is played to its end: in a worker, with progress, without a frame lost on the page, and as
// far as possible also where the worker is not to be had.

import assert from "node:assert/strict";

import { quantile } from "../bench/trace.mjs";
import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

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

/** Opens the run and asks for its end: at the last step, End runs on. */
async function toTheEnd(visit) {
  await visit.open(`executor/#${BUSY}`);
  await stage.button(visit.page, "Last").click();
}

async function untilSteps(page, least) {
  const slider = await stage.timeline(page).elementHandle();
  const enough = ([slider, least]) => Number(slider.max) >= least;
  await page.waitForFunction(enough, [slider, least], { timeout: 120_000 });
}

journey("a run is played to its end by a worker of the same build", { context }, async (visit) => {
  const { page } = visit;
  const asked = await visit.requestsDuring(async () => {
    await toTheEnd(visit);
    await running(page).waitFor();
    await untilSteps(page, BUSY_STEPS);
  });
  assert.equal(await stage.length(page), BUSY_STEPS);
  assert.equal(await stage.cursor(page), BUSY_STEPS);
  await page.getByText("Played on to 544,029 steps: ").waitFor();
  const build = await page.evaluate(() => document.querySelector("meta[name=build]").content);
  const worker = asked.filter((path) => path.includes("worker"));
  assert.deepEqual(
    worker.map((path) => path.replace(`/worker/${build}/`, "")).sort(),
    ["worker.js", "worker_bg.wasm", "worker_loader.js"],
  );

  // Every step of it is there: any can be gone to.
  await page.keyboard.press("Home");
  assert.equal(await stage.cursor(page), 0);
});

/** Twelve tasks that could go on beyond a million steps. */
const ENDLESS = [..."abcdefghijkl"].map((name) => `task ${name} { loop 9000 { yield yield } }`).join("\n");

journey("a million steps cost the page no frame", { trace: false, context }, async (visit) => {
  const { page } = visit;
  await visit.open("executor/");
  await stage.button(page, "Edit").click();
  await page.getByRole("textbox", { name: "Program" }).fill(ENDLESS);
  await stage.button(page, "Run this program").click();
  await stage.button(page, "Edit").click();
  const bare = await visit.newPage();
  await bare.setContent("<p>A page that does nothing.</p>");

  // What else the computer does can only make it worse. So one try without a loss is enough; and
  // where none is, the page must lose no more than a bare one does.
  const tries = [];
  do {
    await page.bringToFront();
    await page.keyboard.press("r");
    const frames = await underWay(visit);
    assert.ok(frames.length > 4, `${frames.length} frames while it is under way`);
    await page.getByText(/^Played on to 1,000,0\d\d steps: .* It would go on/).waitFor();
    assert.ok((await stage.length(page)) >= 1_000_000);
    await bare.bringToFront();
    tries.push({ lost: lost(frames), bare: lost(await besideAWorker(bare, frames.length)), of: frames.length });
  } while (tries.at(-1).lost > 0 && tries.length < 5);
  console.log(tries.map((it) => `${it.lost} of ${it.of} frames lost, ${it.bare} by a bare page`).join("; "));
  const more = tries.map(({ lost, bare }) => lost - bare);
  assert.ok(tries.at(-1).lost === 0 || quantile(more, 0.5) <= 0, "no frame is lost to it");
});

/** How many frames were left out between these times at which one began. */
function lost(frames) {
  const gaps = frames.slice(1).map((time, index) => time - frames[index]);
  return gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME) - 1), 0);
}

/**
 * Runs to the end, and gives when each frame began while that is under way: after the picture of
 * its beginning and before that of its end, each of which is drawn once.
 */
async function underWay(visit) {
  const { page } = visit;
  const watched = page.evaluate(async () => {
    const frames = [];
    const next = () => new Promise(requestAnimationFrame);
    const bar = () => document.querySelector("progress");
    while (!bar()) await next();
    while (bar()) frames.push(await next());
    return frames;
  });
  await stage.button(page, "Last").click();
  return (await watched).slice(1, -1);
}

/** When each frame of a page began that only lets a worker be as busy as can be. */
function besideAWorker(page, count) {
  return page.evaluate(async (count) => {
    const worker = new Worker(URL.createObjectURL(new Blob(["for (;;);"])));
    const frames = [];
    while (frames.length < count) frames.push(await new Promise(requestAnimationFrame));
    worker.terminate();
    return frames;
  }, count);
}

journey("the page's own part of it fits into frames", { trace: false, context }, async (visit) => {
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
  await stage.button(page, "Last").click();
  await untilSteps(page, BUSY_STEPS);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());

  const marks = traceEvents.filter(({ name, cat }) => name === "under way" && /user_timing/.test(cat));
  assert.ok(marks.length > 4, `${marks.length} frames while it is under way`);
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
  const long = work.filter((ms) => ms > FRAME);
  console.log(`${work.length} tasks in ${marks.length} frames, ${Math.max(...work).toFixed(1)} ms at most`);
  assert.ok(long.length <= marks.length / 50, `${long.length} tasks take longer than a frame`);
});

journey("the worker is there without a network too", {}, async (visit) => {
  await visit.open("executor/");
  await visit.untilKept();
  await visit.site.close();
  await visit.page.goto("about:blank");
  await toTheEnd(visit);
  // Only the worker can tell.
  await visit.page.getByText("Played on to 544,029 steps: ").waitFor();
});

journey("it can be stopped, and keeps what is done", { context }, async (visit) => {
  const { page } = visit;
  await visit.open(`executor/#${BUSY}`);
  // Quicker than a person, because the work is quick too.
  const stopped = page.evaluate(async () => {
    const stop = () => [...document.querySelectorAll("button")].find((it) => it.textContent === "Stop");
    while (!stop()) await new Promise(requestAnimationFrame);
    stop().click();
  });
  await stage.button(page, "Last").click();
  await stopped;
  await page.locator("progress").waitFor({ state: "detached" });
  const done = await stage.length(page);
  assert.ok(done > 0 && done < BUSY_STEPS, `${done} steps`);
  await page.getByText(/^Played on to .* Stopped\.$/).waitFor();
  assert.equal(await stage.cursor(page), done);
  await stage.button(page, "Step").click();
  assert.equal(await stage.cursor(page), done + 1);
});

journey("a person who goes elsewhere has given it up", { context }, async (visit) => {
  const { page } = visit;
  await toTheEnd(visit);
  await running(page).waitFor();
  await page.keyboard.press("Home");
  await running(page).waitFor({ state: "detached" });
  const before = await stage.length(page);
  await page.waitForTimeout(1_500);
  assert.equal(await stage.length(page), before);
  assert.equal(await stage.cursor(page), 0);
});

for (const [what, answer, sentence] of [
  ["is not there", { status: 404, body: "" }, "could not be loaded"],
  [
    "is of another build",
    { contentType: "text/javascript", body: "postMessage('ready\\nothers');" },
    "in a newer version",
  ],
]) {
  const options = { context, expected: [/404/, /request failed: .*worker_loader/] };
  journey(`where the worker ${what}, a sentence says so and the page does it itself`, options, async (visit) => {
    const { page } = visit;
    await visit.context.route(/worker_loader\.js$/, (route) => route.fulfill(answer));
    await toTheEnd(visit);
    await page.getByText(sentence).waitFor();
    await untilSteps(page, BUSY_STEPS);
    assert.equal(await stage.length(page), BUSY_STEPS);
  });
}
