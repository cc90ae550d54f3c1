// The pages of chapter 3 in colours that a person has chosen for the whole system.

import assert from "node:assert/strict";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const LAPTOP = { width: 1440, height: 900 };

/** Every kind of byte that the map of the arena tells. */
const KINDS = ["padding", "unwritten", "allocator’s own", "lost", "freed", "value", "unused"];

/** A program of which a free list shows every kind. */
const PROGRAM = "a = AsWritten 1 2 3\nb = bytes 9\nc = u64 1\nd = u64 2\nfree d\n";

/** What a part of the page looks like. */
const look = async (page, clip) => (await page.screenshot({ clip })).toString("base64");

/** The samples beside these words look different from each other. */
async function samplesDiffer(page, samples) {
  const looks = new Map();
  for (const [name, box] of samples) {
    const sample = await look(page, box);
    assert.ok(!looks.has(sample), `${name} looks like ${looks.get(sample)}`);
    looks.set(sample, name);
  }
}

/** Which colours a picture is painted with that are not the person's. */
const foreign = (page, selector) =>
  page.evaluate((selector) => {
    const line = "color-mix(in srgb, CanvasText 45%, Canvas)";
    const own = ["Canvas", "CanvasText", "Highlight", line].map((name) => {
      const probe = document.createElement("i");
      probe.style.forcedColorAdjust = "none";
      probe.style.color = name;
      document.body.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    });
    const painted = [...document.querySelectorAll(`${selector} :is(path, rect, circle, text)`)];
    const colours = painted.flatMap((it) => {
      const { fill, stroke } = getComputedStyle(it);
      return [fill, stroke];
    });
    return [...new Set(colours)].filter((it) => /^(rgb|color)/.test(it) && !own.includes(it));
  }, selector);

for (const [colorScheme, theme] of [["light", "dark"], ["dark", "light"]]) {
  const context = { forcedColors: "active", colorScheme, viewport: LAPTOP };
  journey(`in forced colours every kind of byte is told by its pattern, ${colorScheme}`, { context }, async (visit) => {
    const { page } = visit;
    // Against the theme that was chosen here before.
    await page.addInitScript((theme) => localStorage.setItem("oxidoscope-theme", theme), theme);
    await visit.open("arena/");
    await stage.choose(page, "Fragmentation");
    await stage.button(page, "Edit").click();
    await page.getByRole("textbox", { name: "Program" }).fill(PROGRAM);
    await visit.press("Control+Enter");
    await stage.button(page, "Edit").click();
    await stage.letGo(page);
    await visit.press("End", "End");
    await page.waitForFunction(() => document.querySelector("[aria-label=Step]").ariaDisabled === "true");
    await page.waitForTimeout(300);
    assert.deepEqual(await foreign(page, ".diagram"), []);
    const samples = [];
    for (const kind of KINDS) {
      const word = page.locator(".diagram text").filter({ hasText: new RegExp(`^${kind}$`) }).last();
      const { x, y, height } = await word.boundingBox();
      samples.push([kind, { x: x - 25, y, width: 22, height }]);
    }
    await samplesDiffer(page, samples);

    // What has the focus, what is pressed, what is selected, and where the run stands.
    const follow = stage.button(page, "Follow").first();
    const button = await follow.boundingBox();
    const pressed = await look(page, button);
    await follow.click();
    await page.mouse.move(2, 2);
    await stage.letGo(page);
    assert.notEqual(await look(page, button), pressed, "a button that is pressed");
    const map = await page.locator(".diagram").boundingBox();
    const before = await look(page, map);
    await follow.focus();
    await visit.press("Shift+Tab");
    const around = await stage.button(page, "Next block").boundingBox();
    const [x, y, width, height] = [around.x - 5, around.y - 5, around.width + 10, around.height + 10];
    const focused = await look(page, { x, y, width, height });
    await visit.press("Enter");
    await page.waitForTimeout(200);
    assert.notEqual(await look(page, map), before, "a block that is selected");
    await stage.letGo(page);
    assert.notEqual(await look(page, { x, y, width, height }), focused, "a button with the focus");
    const line = await page.locator(".ahead i").first().evaluate((it) => getComputedStyle(it, "::after").backgroundColor);
    assert.doesNotMatch(line, /, 0\)$/, "the cursor on the timeline");
  });
}

journey("in forced colours nothing is lost on the pages of chapter 3", { context: { forcedColors: "active", viewport: LAPTOP } }, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  await stage.button(page, "Watch").click();
  await page.getByRole("button", { name: /Fill/ }).click();
  await page.locator(".cells .new").first().waitFor({ state: "attached" });
  const samples = [];
  for (const sample of await page.locator(".marks li:not([hidden])").all()) {
    samples.push([await sample.textContent(), await sample.locator("i").boundingBox()]);
  }
  assert.ok(samples.length >= 4);
  await samplesDiffer(page, samples);
  const fills = await page.evaluate(() =>
    ["new", "watched", "older"].map((it) => getComputedStyle(document.querySelector(`.cells .${it}`)).fill),
  );
  assert.equal(new Set(fills).size, 3, `${fills}`);
  // Where one is, on blocks of every kind.
  const mark = page.locator(".cells b");
  const outline = await mark.evaluate((it) => getComputedStyle(it).outlineColor);
  assert.ok(!fills.includes(outline), `the mark is ${outline}`);
  await visit.axe();
  await visit.open("arena/");
  await stage.button(page, "Next block").click();
  await visit.axe();
  await visit.open("race/");
  await stage.button(page, "Start the race").waitFor();
  assert.deepEqual(await foreign(page, ".diagram"), []);
  await visit.axe();
});
