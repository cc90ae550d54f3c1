// The parts of the module: a page starts with the first one and its own; the others come by themselves
// when it stands, nothing waits for them, and a function of one that is called before gets it on the
// spot.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { DIST, journey, PAGES } from "./harness.mjs";
import * as stage from "./stage.mjs";

const LATER = readdirSync(DIST).find((name) => /^part-later-.*\.wasm$/.test(name));
/** Pages without a run, which have nothing to show before all of their code is there. */
const INSTRUMENTS = ["heap/", "race/"];
const MISSING = "A file of this page did not arrive whole.";

/** Without an offline copy, as on a first visit. */
const context = { serviceWorkers: "block" };
const first = { context };
/** What a browser says of the file that it did not get, and nothing else. */
const gone = [
  /part-[a-z]+-[0-9a-f]+\.wasm/,
  /^console: Failed to load resource/,
  /^uncaught: WebAssembly\.Module\(\): (expected 4 bytes|section .* extends past end)/,
];
const troubled = { context, expected: gone };

/** Answers the requests for a part by how they are made: "fetch" or, on the spot, "xhr". */
async function answer(visit, answers, part = `**/${LATER}`) {
  const asked = [];
  await visit.context.route(part, (route) => {
    // The offline copy has requests of its own.
    if (route.request().serviceWorker()) return route.continue();
    const how = route.request().resourceType();
    asked.push(how);
    return answers[how]?.(route) ?? route.continue();
  });
  return asked;
}

const never = () => new Promise(() => {});

/** Uses a page as somebody does who has just come. */
async function use(visit) {
  const { page } = visit;
  if (!(await stage.timeline(page).count())) return;
  await visit.press("ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowLeft", "Home");
  await stage.button(page, "Step").click();
  assert.equal(await stage.cursor(page), 1);
  assert.ok(await page.getByText("Nothing has happened yet.").isHidden(), "something has");
}

for (const path of PAGES) {
  if (INSTRUMENTS.includes(path)) continue;
  // As anybody comes for the first time: nothing is kept yet, and an offline copy is being made.
  journey(`/${path} starts and is used without the parts of others`, {}, async (visit) => {
    const { page } = visit;
    const own = path.slice(0, -1);
    const others = new RegExp(`/part-(?!${own || "none"}-)[a-z]+-[0-9a-f]+\\.wasm$`);
    const asked = await answer(visit, { fetch: never }, others);
    await visit.open(path);
    await page.waitForTimeout(500);
    await use(visit);
    assert.ok(!asked.includes("xhr"), "nothing that was called had to be got on the spot");
    assert.ok(asked.length > 1, "they are on their way");
  });
}

journey("from the home page to a demo, nothing but its own part is waited for", {}, async (visit) => {
  const { page } = visit;
  const asked = await answer(visit, { fetch: never });
  await visit.open();
  // The pictures of the demos are drawn when all has come, which it does not.
  assert.equal(await page.locator(".still .item").count(), 0);
  await page.getByRole("main").getByRole("link").first().click();
  await stage.timeline(page).waitFor();
  await use(visit);
  assert.deepEqual(asked, ["fetch"]);
});

journey("the home page shows every machine where it really is, when all parts are there", first, async (visit) => {
  const { page } = visit;
  await visit.open();
  await page.waitForFunction(() =>
    [...document.querySelectorAll("svg.still")].every((still) => still.querySelector(".item")),
  );
  assert.ok((await page.locator("svg.still").count()) > 1);
});

for (const path of INSTRUMENTS) {
  journey(`/${path} shows its title and waits for the later half`, {}, async (visit) => {
    const { page } = visit;
    let go;
    const asked = await answer(visit, {
      fetch: async (route) => {
        await new Promise((resolve) => (go = resolve));
        return route.continue();
      },
    });
    await page.goto(visit.site.url(path));
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForTimeout(500);
    assert.equal(await page.getByRole("main").count(), 0);
    go();
    await page.getByRole("main").waitFor();
    assert.deepEqual(asked, ["fetch"], "nothing had to be got on the spot");
  });
}

journey("a function of the later half that is called before it comes is got on the spot", first, async (visit) => {
  const { page } = visit;
  const asked = await answer(visit, { fetch: never });
  await visit.open("executor/");
  await stage.button(page, "Edit").click();
  await page.getByRole("textbox", { name: "Program" }).fill("task a { slep 3 }");
  await page.getByRole("button", { name: /line 1, column 10/ }).waitFor();
  assert.deepEqual(asked, ["fetch", "xhr"], "once is enough");
});

const whole = readFileSync(join(DIST, LATER));
for (const [how, answered] of [
  ["does not arrive", (route) => route.abort()],
  ["is not found", (route) => route.fulfill({ status: 404, body: "no" })],
  ["arrives torn", (route) => route.fulfill({ body: whole.subarray(0, whole.length / 2) })],
]) {
  journey(`a later half that ${how} is a sentence above the page, which steps until it is needed`, troubled, async (visit) => {
    const { page } = visit;
    const asked = await answer(visit, { fetch: answered, xhr: answered });
    await visit.open("executor/");
    await page.getByRole("alert").getByText(MISSING).waitFor();
    await visit.press("ArrowRight", "ArrowRight");
    assert.equal(await stage.cursor(page), 2);
    await visit.axe();
    const link = await stage.link(page);

    // What needs it ends the page, once and for all, but not the run, which is in the address.
    await page.getByRole("combobox", { name: "Scene" }).selectOption({ index: 3 });
    await page.getByRole("main").getByText(MISSING).waitFor();
    assert.equal(await page.locator(".app").count(), 0);
    await visit.press("ArrowRight", "End");
    await visit.axe();
    assert.deepEqual(asked, ["fetch", "xhr"]);
    await visit.context.unroute(`**/${LATER}`);
    await page.reload();
    await stage.timeline(page).waitFor();
    await page.waitForFunction(() => document.querySelector("[aria-label=Timeline]").value === "2");
    assert.equal(page.url(), link);
  });
}

journey("a later half that fails once and comes when it is needed does what it should", troubled, async (visit) => {
  const { page } = visit;
  const asked = await answer(visit, { fetch: (route) => route.abort() });
  await visit.open("executor/");
  const sentence = page.getByText(MISSING);
  await sentence.waitFor();
  await stage.choose(page, "Ping-pong");
  await visit.press("End");
  await page.getByText("Every task is finished.").first().waitFor();
  assert.deepEqual(asked, ["fetch", "xhr"]);
  assert.ok(await sentence.isHidden(), "it is there now");
});

journey("with an offline copy both halves are there at the start, without a network too", {}, async (visit) => {
  const { page } = visit;
  await visit.open();
  await visit.untilKept();
  await visit.site.close();
  // What is fetched at the start does not come in time, if the start has not waited for it.
  await page.addInitScript(() => {
    const compile = WebAssembly.compile;
    WebAssembly.compile = (bytes) => {
      if (document.querySelector(".app")) throw new Error("too late");
      return compile(bytes);
    };
  });
  await visit.open("executor/");
  await stage.button(page, "Edit").click();
  await page.getByRole("textbox", { name: "Program" }).fill("task a { slep 3 }");
  await page.getByRole("button", { name: /line 1, column 10/ }).waitFor();
});
