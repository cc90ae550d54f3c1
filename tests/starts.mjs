// Opens every page of a watched build, goes from the home page to a demo, steps each demo, opens its
// link, and prints the index of each function that was called, one a line: what a first visit needs.
// For `cargo xtask cold`.

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
const called = new Set();
try {
  for (const context of CONTEXTS) {
    for (const path of ["", ...demos.map((name) => `${name}/`)]) await visit(path, context);
  }
} finally {
  await browser.close();
  await site.close();
}
for (const index of [...called].sort((a, b) => a - b)) console.log(index);

async function visit(path, settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  await open(page, site.url(path));
  if (path) {
    await step(page);
    await page.waitForFunction(() => location.hash);
    await open(await context.newPage(), page.url());
  } else {
    await page.getByRole("main").getByRole("link").first().click();
    await page.getByRole("slider", { name: "Timeline" }).waitFor();
  }
  for (const each of context.pages()) {
    for (const index of await each.evaluate(() => [...globalThis.called])) called.add(index);
  }
  await context.close();
}

async function open(page, address) {
  await page.goto(address);
  await page.getByRole("main").waitFor();
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
