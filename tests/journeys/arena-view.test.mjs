// What the map shows leaves the page and comes back: in a link, and as a picture.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const PAGE = "arena/";
const clipboard = {
  context: { viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] },
};

const follow = (page) => stage.button(page, "Follow").first();

/** Zooms, goes on and selects a block at the end of a scene with two maps. */
async function someView(visit) {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Fragmentation");
  await visit.press("End", "End");
  await page.waitForFunction(() => document.querySelector("[aria-label=Step]").ariaDisabled === "true");
  for (let count = 0; count < 3; count += 1) await stage.button(page, "Next block").click();
  for (let count = 0; count < 12; count += 1) await stage.button(page, "Zoom in").click();
  await page.waitForFunction(() => document.querySelector(".diagram").textContent.includes("8 bytes a row"));
  const row = await page.locator(".diagram text").filter({ hasText: /^0x/ }).first().boundingBox();
  await page.mouse.move(row.x + 200, row.y + row.height / 2);
  await page.mouse.wheel(0, 300);
  await page.mouse.move(2, 2);
  await stage.letGo(page);
  await stage.link(page);
  return looks(page);
}

/** All that the map shows, to the pixel, and what is said of the selected byte but for its address. */
async function looks(page) {
  await page.locator(".diagram .item").first().waitFor();
  await page.waitForTimeout(100);
  return {
    picture: await page.locator(".diagram").innerHTML(),
    follows: await follow(page).getAttribute("aria-pressed"),
    said: (await page.locator(".inspector").innerText()).replace(/ \(address 0x[^)]*\)/, ""),
    state: await stage.state(page),
  };
}

/** Waits until a page shows what another one did. */
async function showsThe(page, view, why) {
  await page.getByRole("main").waitFor();
  await page.waitForFunction(
    (said) => document.querySelector(".inspector")?.innerText.startsWith(said),
    // Behind it stands the address in this visit.
    view.said.split(":")[0],
  );
  assert.deepEqual(await looks(page), view, why);
}

journey("a copied link opens on the same part of the memory, with the same block selected", clipboard, async (visit) => {
  const { page } = visit;
  const view = await someView(visit);
  assert.equal(view.follows, "false");
  await stage.button(page, "Copy link").click();
  await page.getByText("Link copied. It opens this very step.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#1[\w-]+&zoom=3&from=\d+:\d+,\d+:\d+&byte=0:0:\d+$/);
  const other = await visit.newPage();
  await other.goto(link);
  await showsThe(other, view, "in another window");

  // The run alone is the view at first; the run alone is what links were.
  await other.goto(link.replace(/&.*/, ""));
  await other.waitForFunction(() => /^Point at a byte/.test(document.querySelector(".inspector").innerText));
  assert.equal(await follow(other).getAttribute("aria-pressed"), "true");
  assert.equal(await stage.state(other), view.state);
  // So is one whose view makes no sense.
  await other.goto(link.replace(/&.*/, "&zoom=900&byte=%F0%9F%A6%80"));
  await other.waitForTimeout(600);
  assert.equal(await follow(other).getAttribute("aria-pressed"), "true");
  assert.equal(await stage.state(other), view.state);
  // And one may be pasted where another run stands.
  await other.goto(link);
  await showsThe(other, view, "in the same window");
});

journey("the view outlives a reload, another page, presenter mode and an iframe", clipboard, async (visit) => {
  const { page } = visit;
  const view = await someView(visit);
  await page.reload();
  await showsThe(page, view, "after a reload");
  await page.getByRole("link", { name: "Oxidoscope" }).first().click();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.goBack();
  await showsThe(page, view, "after the way back");
  await stage.link(page);
  const link = new URL(page.url());
  for (const mode of ["present", "embed"]) {
    const other = await visit.newPage();
    link.search = `?${mode}=1`;
    await other.goto(link.href);
    await other.locator(".diagram .item").first().waitFor();
    await other.waitForTimeout(600);
    assert.match(new URL(other.url()).hash, /&zoom=3&from=.*&byte=0:0:\d+$/, mode);
    const told = await other.locator(".inspector").innerText();
    assert.equal(told.replace(/ \(address 0x[^)]*\)/, ""), view.said, mode);
  }
});

journey("panning leaves one entry in the history, and writes the address once it rests", clipboard, async (visit) => {
  const { page } = visit;
  await page.addInitScript(() => {
    globalThis.written = 0;
    for (const way of ["pushState", "replaceState"]) {
      const write = history[way];
      history[way] = function (...what) {
        globalThis.written += 1;
        return write.apply(this, what);
      };
    }
  });
  await someView(visit);
  const [length, before] = await page.evaluate(() => [history.length, globalThis.written]);
  const map = await page.locator(".diagram").boundingBox();
  await page.mouse.move(map.x + map.width / 2, map.y + map.height / 3);
  for (let turn = 0; turn < 90; turn += 1) {
    await page.mouse.wheel(0, turn % 30 < 15 ? 60 : -60);
    await page.waitForTimeout(20);
  }
  await page.mouse.wheel(0, 300);
  await stage.link(page);
  const [now, written] = await page.evaluate(() => [history.length, globalThis.written]);
  assert.equal(now, length);
  assert.ok(written - before >= 1 && written - before <= 8, `${written - before} times in two seconds`);
});

journey("the diagram is saved as it is on the screen", clipboard, async (visit) => {
  const { page } = visit;
  await someView(visit);
  const saved = async (name) => {
    await page.getByText("Save", { exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), stage.button(page, name).click()]);
    return readFile(await download.path(), "utf8");
  };
  const texts = await page.locator(".diagram text").allTextContents();
  const selected = await page.locator(".diagram .item").count();
  const found = await page.evaluate((text) => {
    const picture = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      texts: [...picture.querySelectorAll("text")].map((it) => it.textContent),
      items: picture.querySelectorAll("svg > g").length,
    };
  }, await saved("Diagram as SVG"));
  assert.deepEqual(found, { texts, items: selected });
  // The run in a file is the run, however it is looked at.
  const json = JSON.parse(await saved("Run as JSON"));
  assert.equal(json.run, new URL(page.url()).hash.slice(1).replace(/&.*/, ""));
});
