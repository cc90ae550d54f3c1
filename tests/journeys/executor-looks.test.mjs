// The executor's page as it looks: to axe, from the last row, on a phone, in strong contrast.

import assert from "node:assert/strict";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const PAGE = "executor/";
const PROJECTOR = { viewport: { width: 1024, height: 768 } };

/** To where two sources have turned out to share a token: marks, arrows and red are there. */
async function aFault(visit, mode = "") {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Two sources, one token");
  await visit.press("End");
  await page.locator(".rest.wrong").waitFor();
  const { hash } = new URL(await stage.link(page));
  await page.goto("about:blank");
  await visit.open(`${PAGE}${mode}${hash}`);
  await page.locator(".rest.wrong").waitFor();
}

for (const colorScheme of ["light", "dark"]) {
  for (const mode of ["", "?present=1", "?embed=1"]) {
    const options = { context: { ...PROJECTOR, colorScheme } };
    journey(`axe finds nothing at a fault, ${colorScheme} ${mode}`, options, async (visit) => {
      await aFault(visit, mode);
      await visit.axe();
    });
  }
  journey(`axe finds nothing in the editor, ${colorScheme}`, { context: { colorScheme } }, async (visit) => {
    const { page } = visit;
    await visit.open(PAGE);
    await stage.button(page, "Edit").click();
    await page.getByRole("textbox", { name: "Program" }).fill("task a { slep }");
    await page.getByText("The language").click();
    await visit.axe();
  });
}

journey("axe finds nothing in the help, the menu and a notice", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`${PAGE}#nothing`);
  await page.getByText("Save", { exact: true }).click();
  await visit.axe();
  await stage.button(page, "Help").click();
  await visit.axe();
});

for (const path of ["", PAGE]) {
  journey(`in forced colours nothing is lost on /${path}`, { context: { forcedColors: "active" } }, async (visit) => {
    await visit.open(path);
    await visit.axe();
  });
  for (const colorScheme of ["light", "dark"]) {
    const context = { contrast: "more", colorScheme };
    journey(`what is muted is not in strong contrast, on /${path}, ${colorScheme}`, { context }, async (visit) => {
      await visit.open(path);
      await visit.axe();
      const [muted, ink, ground] = await visit.page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        return ["--muted", "--ink", "--ground"].map((name) => style.getPropertyValue(name));
      });
      assert.equal(muted, ink);
      assert.notEqual(muted, ground);
    });
  }
}

journey("in the last row everything can be read, and nothing scrolls", { context: PROJECTOR }, async (visit) => {
  const { page } = visit;
  await visit.open(`${PAGE}?present=1`);
  for (let step = 0; step < 30; step += 1) await visit.press("ArrowRight");
  const [smallest, over] = await page.evaluate(() => {
    const sizes = [...document.querySelectorAll(".stage *")]
      .filter((it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
      .filter((it) => it.getClientRects().length && !it.closest(".unseen, .badge, [aria-hidden] .item text"))
      .map((it) => Number.parseFloat(getComputedStyle(it).fontSize));
    const root = document.documentElement;
    return [Math.min(...sizes), root.scrollHeight - root.clientHeight];
  });
  assert.ok(smallest >= 20, `the smallest text has ${smallest} px`);
  assert.equal(over, 0);
});

journey("embedded, the keys of the page around stay its own until the demo is clicked", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`${PAGE}?embed=1`);
  await visit.press("ArrowRight");
  assert.equal(await stage.cursor(page), 0);
  await stage.region(page, "State").click();
  await visit.press("ArrowRight");
  assert.equal(await stage.cursor(page), 1);
});
