// The map of memory, gone about in by buttons, pointer and wheel: what is shown, and what is said of it.

import assert from "node:assert/strict";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const PAGE = "arena/";

const inspector = (page) => page.locator(".inspector");
const follows = (page) => stage.button(page, "Follow").first().getAttribute("aria-pressed");

/** Every text of the picture, in the order in which it is drawn. */
const texts = (page) => page.locator(".diagram text").allTextContents();

/** The offset of the first row of the map. */
const first = async (page) => (await texts(page)).find((text) => /^0x/.test(text));

/** How many bytes a row has. */
const zoom = async (page) => (await texts(page)).find((text) => / a row$/.test(text));

/** Where a text of the picture stands. */
const where = (page, text) =>
  page.locator(".diagram text").filter({ hasText: new RegExp(`^${text}$`) }).first().boundingBox();

/** The address in this visit, which is told at the end of a run: another one each time. */
const ADDRESS = / \(address 0x[0-9a-f]+ in this visit\)/;

/**
 * Waits until the sentence below the picture is like this but for an address, which it is a frame
 * later; gives it without the address.
 */
async function says(page, like) {
  await page.waitForFunction(
    ([like, address]) => {
      const said = document.querySelector(".inspector").innerText;
      return new RegExp(like).test(said.replace(new RegExp(address), ""));
    },
    [like.source, ADDRESS.source],
    { timeout: 5000 },
  );
  return (await inspector(page).innerText()).replace(ADDRESS, "");
}

/** Goes to the end of a scene. */
async function atTheEnd(visit, title) {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, title);
  await visit.press("End", "End");
  await page.waitForFunction(() => document.querySelector("[aria-label=Step]").ariaDisabled === "true");
}

/** Waits until another picture has been drawn. */
async function redrawn(page, doing) {
  const before = await page.locator(".diagram").innerHTML();
  await doing();
  await page.waitForFunction(
    (before) => document.querySelector(".diagram").innerHTML !== before,
    before,
  );
}

journey("from block to block by keyboard alone, each with why it is there", {}, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "Alignment");
  await visit.tabTo("button", "Next block");
  await visit.press("Enter");
  await says(page, /^tag: u8 at 0x0, 1 byte, align 1\. Its value: 1\./);
  await visit.press("Enter");
  const told = await says(page, /^len: u32 at 0x4, 4 bytes, align 4\. Its value: 2\./);
  assert.ok(told.includes("(0x1 + 4 - 1) & !(4 - 1) = 0x4; 3 bytes lost before it"), told);
  await visit.press("Enter", "Enter", "Enter", "Enter");
  await says(page, /^line: CacheLine at 0x40, 64 bytes, align 64/);
  await visit.press("Enter");
  await says(page, /^line:/);
  await visit.tabTo("button", "Next block");
  await visit.press("Shift+Tab", "Enter");
  await says(page, /^last: u8 at 0x18/);
  // The stage's keys stay the stage's.
  await visit.press("ArrowLeft");
  assert.equal(await stage.isAtEnd(page), false);
  await visit.press("Escape");
  await says(page, /^Point at a byte/);
});

journey("a byte's real address is told where the machine stands, and in no link", {}, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "Alignment");
  await stage.button(page, "Next block").click();
  await inspector(page).filter({ hasText: ADDRESS }).waitFor();
  await stage.letGo(page);
  await visit.press("ArrowLeft");
  await inspector(page).filter({ hasNotText: ADDRESS }).waitFor();
});

const LAPTOP = { context: { viewport: { width: 1440, height: 900 } } };

journey("a pointer that rests on a byte is told of it, and selects it with a click", LAPTOP, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "Alignment");
  const name = await where(page, "len: u32");
  const [x, y] = [name.x + 4, name.y + name.height + 8];
  const high = await inspector(page).evaluate((it) => it.offsetHeight);
  await page.mouse.move(x - 12, y);
  await inspector(page).getByText("left out, so that").waitFor();
  await says(page, /^0x3: left out, so that len begins at a multiple of 4\./);
  await page.mouse.move(x, y);
  await inspector(page).getByText("len: u32").waitFor();
  await page.mouse.click(x, y);
  await page.mouse.move(2, 2);
  await says(page, /^len: u32 at 0x4/);
  assert.equal(await inspector(page).evaluate((it) => it.offsetHeight), high, "nothing has jumped");
  await page.mouse.click(x, y);
  await page.mouse.move(2, 2);
  await inspector(page).getByText("Point at a byte").waitFor();
  // Padding in a value, far to the right of its only field.
  const line = await where(page, "line: CacheLine");
  await page.mouse.move(line.x + 300, line.y + line.height + 8);
  await inspector(page).getByText("is padding").waitFor();
  await says(page, /undefined behaviour/);
});

journey("one zooms from all memory to single bytes and back", {}, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "Alignment");
  assert.equal(await follows(page), "true");
  const near = await zoom(page);
  await redrawn(page, () => stage.button(page, "Zoom in").click());
  assert.equal(Number.parseInt(await zoom(page), 10), Number.parseInt(near, 10) / 2);
  assert.equal(await follows(page), "false");
  for (let out = 0; out < 12; out += 1) await stage.button(page, "Zoom out").click();
  await page.waitForFunction(() => document.querySelector(".diagram").textContent.includes("512 bytes a row"));
  assert.ok(!(await texts(page)).includes("02"), "no digits from so far away");
  await redrawn(page, () => stage.button(page, "Follow").first().click());
  assert.equal(await zoom(page), near);
  assert.equal(await follows(page), "true");
});

journey("the wheel and a drag move the map, and the strip leads to any place", {}, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "Fragmentation");
  await stage.button(page, "Zoom in").click();
  for (let nearer = 0; nearer < 12; nearer += 1) await stage.button(page, "Zoom in").click();
  await page.waitForFunction(() => document.querySelector(".diagram").textContent.includes("8 bytes a row"));
  const row = await page.locator(".diagram text").filter({ hasText: /^0x/ }).first().boundingBox();
  const [x, y] = [row.x + 200, row.y + row.height / 2];
  await page.mouse.move(x, y);
  const start = await first(page);
  await redrawn(page, () => page.mouse.wheel(0, 200));
  const below = await first(page);
  assert.ok(Number(below) > Number(start), `${below} is further than ${start}`);
  await page.mouse.down();
  await redrawn(page, () => page.mouse.move(x, y + 120, { steps: 6 }));
  await page.mouse.up();
  assert.ok(Number(await first(page)) < Number(below));
  const strip = await page.locator(".diagram .item rect").first().boundingBox();
  await redrawn(page, () => page.mouse.click(strip.x + strip.width * 0.9, strip.y + strip.height / 2));
  assert.ok(Number(await first(page)) > 50_000, `${await first(page)} is near the end`);
  await page.mouse.move(x, y);
  await page.keyboard.down("Control");
  await redrawn(page, () => page.mouse.wheel(0, 120));
  await page.keyboard.up("Control");
  assert.notEqual(await zoom(page), "8 bytes a row");
});

journey("each figure's definition is one click away, with its numbers", {}, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "Fragmentation");
  const figures = page.getByRole("group", { name: "Figures" }).getByRole("button");
  const names = await figures.evaluateAll((all) => all.map((it) => it.ariaLabel));
  assert.deepEqual(names, [
    "Asked for",
    "Used",
    "Padding",
    "Internal fragmentation",
    "External fragmentation",
    "High-water mark",
  ]);
  for (const name of names) {
    await stage.button(page, name).click();
    const told = await says(page, new RegExp(`^${name}: `));
    assert.match(told, /Now First fit \d+ (bytes?|KiB); Size classes \d+ (bytes?|KiB)\.$/);
  }
  await stage.button(page, "High-water mark").click();
  await says(page, /^Point at a byte/);
});

journey("where there is room for one map, the lane is chosen", {}, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "at random");
  const lane = page.getByRole("combobox", { name: "Lane" });
  assert.deepEqual(await lane.locator("option").allTextContents(), [
    "First fit",
    "Best fit",
    "Buddies",
    "Size classes",
  ]);
  await redrawn(page, () => lane.selectOption("Buddies"));
  await stage.button(page, "Next block").click();
  await says(page, /begins at a multiple of/);
});

for (const colorScheme of ["light", "dark"]) {
  journey(`axe finds nothing at a selected block, ${colorScheme}`, { context: { colorScheme } }, async (visit) => {
    await atTheEnd(visit, "box by box");
    await stage.button(visit.page, "Next block").click();
    await stage.button(visit.page, "Padding").click();
    await visit.axe();
  });
}

journey("on a phone nothing hangs over the edge", { context: { viewport: { width: 390, height: 844 } } }, async (visit) => {
  const { page } = visit;
  await atTheEnd(visit, "that grows");
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(await over(), 0);
  await stage.button(page, "Next block").click();
  assert.equal(await over(), 0);
  // All that the Vecs have left behind is in sight, and named.
  assert.equal(await zoom(page), "64 bytes a row");
  assert.ok((await texts(page)).filter((text) => text.endsWith(", freed")).length >= 6);
});
