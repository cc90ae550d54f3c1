// The map of memory with 100,000 allocations in it: panned, zoomed and scrubbed in the release build.
// Prints one JSON object a line: {"what", "value", "unit", "limit"}.

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { serve } from "../journeys/server.mjs";
import { missedWhile, scrub, thereAndBack } from "./missed.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const { chromium } = createRequire(join(ROOT, "target/tools/npm/journeys/"))("playwright-core");

/** All of them stay alive. */
const PROGRAM = "memory 16777216\nrepeat 100000 {\n  a = u64\n}\n";
const ALLOCATIONS = 100_000;
/** Of the frames, so many percent may come late. */
const LATE = 1;

function tell(what, value, unit, limit = null) {
  console.log(JSON.stringify({ what, value, unit, limit }));
}

/** Runs the program to its end. */
async function load(page) {
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: "Program" }).fill(PROGRAM);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("End");
  await page.keyboard.press("End");
  await page.waitForFunction(
    () => document.querySelector("[aria-label=Step]").ariaDisabled === "true",
    undefined,
    { timeout: 120_000 },
  );
  await page.waitForTimeout(1000);
}

const site = await serve(join(ROOT, "dist"), {});
const which = process.env.CHROME ? { executablePath: process.env.CHROME } : { channel: "chrome" };
const browser = await chromium.launch(which);
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(site.url("arena/"));
  await page.getByRole("slider", { name: "Timeline" }).waitFor();
  await load(page);
  const said = await page.getByRole("region", { name: "State" }).locator("p").first().textContent();
  const live = Number(said.match(/(\d+) live blocks/)?.[1]);
  if (live < ALLOCATIONS) throw new Error(`${live} blocks are live, not ${ALLOCATIONS}: ${said}`);
  tell("live allocations on the map", live, "blocks");
  const map = await page.locator(".diagram").first().boundingBox();
  const [x, y] = [map.x + map.width / 2, map.y + map.height / 3];
  await page.mouse.move(x, y);
  const wheel = (at) => page.mouse.wheel(0, thereAndBack(at) > thereAndBack(at + 1) ? 90 : -90);
  tell("frames missed while the map is panned", await missedWhile(page, wheel), "%", LATE);
  await page.keyboard.down("Control");
  const zoom = async (at) => {
    if (at % 6 === 0) await page.mouse.wheel(0, Math.floor(at / 60) % 2 ? 120 : -120);
  };
  tell("frames missed while the map is zoomed", await missedWhile(page, zoom), "%", LATE);
  await page.keyboard.up("Control");
  tell("frames missed while 100,000 allocations are scrubbed", await scrub(page), "%", LATE);
} finally {
  await browser.close();
  await site.close();
}
