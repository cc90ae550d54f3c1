// Opens every page of a watched build, steps each demo, opens its link, and goes from the home page to
// it. Prints the name of each page with the index of each function that it called, one a line: what a
// first visit needs. For `cargo xtask cold`.

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { serve } from "./journeys/server.mjs";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const { chromium } = createRequire(join(ROOT, "target/tools/npm/journeys/"))("playwright-core");

/** Who visits: a laptop, a telephone that keeps no offline copy, a projector. */
const CONTEXTS = [
  {},
  { reducedMotion: "reduce", viewport: { width: 390, height: 844 }, hasTouch: true, serviceWorkers: "block" },
  { colorScheme: "dark", viewport: { width: 1920, height: 1080 } },
];

const DIST = join(ROOT, "dist");
const isPage = (name) => readdirSync(join(DIST, name)).includes("index.html");
const folders = readdirSync(DIST, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const demos = folders.map(({ name }) => name).filter(isPage);

const site = await serve(DIST);
const which = process.env.CHROME ? { executablePath: process.env.CHROME } : { channel: "chrome" };
const browser = await chromium.launch(which);
/** By page: "" is the home page. */
const called = new Map(["", ...demos].map((page) => [page, new Set()]));
try {
  for (const context of CONTEXTS) {
    for (const page of called.keys()) await visit(page, context);
  }
} finally {
  await browser.close();
  await site.close();
}
for (const [page, indices] of called) {
  for (const index of [...indices].sort((a, b) => a - b)) console.log(`${page} ${index}`);
}

/** What the pages of a context have called is noted for one page of the site. */
async function note(context, name) {
  for (const page of context.pages()) {
    for (const index of await page.evaluate(() => [...globalThis.called])) called.get(name).add(index);
  }
}

async function visit(name, settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  if (name) {
    await open(page, site.url(`${name}/`));
    if (await page.getByRole("slider", { name: "Timeline" }).count()) await step(page);
    else await page.keyboard.press("Tab");
    await page.waitForFunction(() => location.hash || !document.querySelector("[aria-label=Timeline]"));
    await open(await context.newPage(), page.url());
  } else {
    await open(page, site.url(""));
  }
  await note(context, name);
  await context.close();
  if (name) await comeFromHome(name, settings);
}

/** From the home page to a demo: what is called from the click on is the demo's. */
async function comeFromHome(name, settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  await open(page, site.url(""));
  await page.evaluate(() => globalThis.called.clear());
  await page.locator(`a[href="${name}/"]`).first().click();
  await page.waitForTimeout(1500);
  await note(context, name);
  await context.close();
}

async function open(page, address) {
  await page.goto(address);
  // An instrument has its title and waits for the later half, which a watched module has not.
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(1000);
}

/** Forth and back, to the end and to the beginning, by keys and by the pointer. */
async function step(page) {
  for (let at = 0; at < 40; at += 1) await page.keyboard.press("ArrowRight");
  for (let at = 0; at < 10; at += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await page.keyboard.press("ArrowRight");
}
