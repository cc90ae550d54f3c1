// What the stage offers on every demo page, found by the names that a person hears and reads.

import assert from "node:assert/strict";

export const region = (page, name) => page.getByRole("region", { name, exact: true });
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const timeline = (page) => page.getByRole("slider", { name: "Timeline" });
export const steps = (page) => page.getByRole("log", { name: "Steps" });
export const commands = (page) => page.getByRole("group", { name: "Commands" }).getByRole("button");

/** The state in words. */
export const state = (page) => region(page, "State").locator("p").first().textContent();

/** After how many steps one looks at the run. */
export const cursor = async (page) => Number(await timeline(page).inputValue());

/** How many steps the run has. */
export const length = (page) => timeline(page).evaluate((slider) => Number(slider.max));

/** The step that is current in the log. */
export const sentence = (page) => page.locator("[data-when=now]").innerText();

/** Whether there is nothing left that Step and Play could do. */
export const isAtEnd = (page) =>
  button(page, "Step").evaluate((step) => step.getAttribute("aria-disabled") === "true");

/** The titles of the scenes, as they stand in the list. */
export function scenes(page) {
  const options = page.getByRole("combobox", { name: "Scene" }).locator("option:not([disabled])");
  return options.allTextContents();
}

/** Chooses a scene by a part of its title, and gives the focus back to the page. */
export async function choose(page, title) {
  const titles = await scenes(page);
  const index = titles.findIndex((it) => it.includes(title));
  assert.notEqual(index, -1, `a scene named ${title}`);
  await page.getByRole("combobox", { name: "Scene" }).selectOption({ index });
  await letGo(page);
}

/** Leaves whatever has the focus, so that keys are the stage's. */
export const letGo = (page) => page.evaluate(() => document.activeElement.blur());

/** Waits until the run lies in the address, which it does when it rests. */
export async function link(page) {
  await page.waitForFunction(() => location.hash.length > 1);
  let before;
  let now = page.url();
  while (now !== before) {
    before = now;
    await page.waitForTimeout(500);
    now = page.url();
  }
  return now;
}

/** The bytes of a link's text without their checksum, changed, and sealed again. */
export function changed(text, change) {
  const body = [...Buffer.from(text.slice(1), "base64url").subarray(4)];
  change(body);
  let hash = 0xcbf29ce484222325n;
  for (const byte of body) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(Number((hash >> 32n) ^ (hash & 0xffffffffn)));
  return text[0] + Buffer.concat([sum, Buffer.from(body)]).toString("base64url");
}
