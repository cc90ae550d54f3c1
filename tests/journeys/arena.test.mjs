// The allocators' page, operated: programs stepped and gone back, allocators side by side, what the
// compiler says, values made and freed by hand, programs of one's own.

import assert from "node:assert/strict";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const PAGE = "arena/";
const PROJECTOR = { viewport: { width: 1024, height: 768 } };

const program = (page) => page.getByRole("textbox", { name: "Program" });
const source = (page) => stage.region(page, "Source").innerText();

/** Opens the editor and puts a program into it. */
async function write(page, text) {
  if (!(await program(page).isVisible())) await stage.button(page, "Edit").click();
  await program(page).fill(text);
}

/** Runs a program of one's own to its end. */
async function run(visit, text) {
  const { page } = visit;
  await write(page, text);
  await page.keyboard.press("Control+Enter");
  await stage.button(page, "Edit").click();
  await stage.letGo(page);
  await visit.press("End", "End");
  await page.waitForFunction(() => document.querySelector("[aria-label=Step]").ariaDisabled === "true");
}

journey("alignment is stepped by keyboard alone, with the arithmetic in words", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await visit.tabTo("button", "Step");
  await visit.press("Enter", "Enter", "Enter");
  assert.match(
    await stage.sentence(page),
    /len gets 4 bytes at 0x4: the pointer stood at 0x1, and 3 bytes are left out so that it is a multiple of 4/,
  );
  const said = await stage.state(page);
  assert.match(said, /Arena: 5 bytes asked for, 8 used, 3 of them padding, 448 in all/);
  await visit.press("ArrowRight", "ArrowLeft");
  assert.equal(await stage.state(page), said);
});

journey("every scene is stepped to its end and back, and each step is as it was", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  for (const title of await stage.scenes(page)) {
    await stage.choose(page, title.replace(/^\d+\s+/, ""));
    const forward = [await stage.state(page)];
    for (let step = 1; step <= 12; step += 1) {
      await visit.press("ArrowRight");
      forward.push(await stage.state(page));
    }
    assert.equal(new Set(forward).size, forward.length, `${title}: each step is seen in the words`);
    for (let step = forward.length - 2; step >= 0; step -= 1) {
      await visit.press("ArrowLeft");
      assert.equal(await stage.state(page), forward[step], `${title}, step ${step}`);
    }
    await visit.press("End", "End");
    await page.waitForFunction(() => document.querySelector("[aria-label=Step]").ariaDisabled === "true");
    assert.match(await stage.state(page), /the program is over/);
  }
});

journey("a link opens the exact step in another window", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "The book’s arena goes wrong");
  await visit.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
  assert.match(await stage.sentence(page), /0x1 is not a multiple of 4: it is 1 too far/);
  const link = await stage.link(page);
  const [said, at] = [await stage.state(page), await stage.cursor(page)];
  const other = await visit.newPage();
  await other.goto(link);
  await other.getByRole("main").waitFor();
  assert.deepEqual([await stage.state(other), await stage.cursor(other)], [said, at]);
});

journey("what does not compile is told by the compiler", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Reset, and who still looks");
  await visit.press("End", "End");
  await page.waitForFunction(() => document.querySelector("[aria-label=Step]").ariaDisabled === "true");
  const messages = [];
  for (let step = await stage.length(page); step > 0; step -= 1) {
    const text = await source(page);
    if (/what rustc says/.test(text)) messages.push(await stage.sentence(page));
    await visit.press("ArrowLeft");
  }
  assert.equal(messages.length, 2);
  assert.ok(messages.every((said) => /does not compile/.test(said)), messages.join("\n"));
});

journey("a program that breaks rules is told where, mended and run on three allocators", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  const before = await stage.state(page);
  await write(page, "a = u8 300\nb = Piont 1 2\nc = bytes 10 align 3\n");
  for (const place of ["line 1, column 8", "line 2, column 5", "line 3, column 20"]) {
    await page.getByRole("button", { name: new RegExp(place) }).waitFor();
  }
  await stage.button(page, "Run this program").click();
  assert.match(await page.getByRole("alert").textContent(), /line 1, column 8/);
  assert.equal(await stage.state(page), before, "the run that was there is as it was");
  await write(page, "a = u8 30\nb = Point 1 2\nc = bytes 10 align 4\n");
  await page.keyboard.press("Control+Enter");
  for (const name of ["Buddies", "Size classes"]) await page.getByRole("checkbox", { name }).check();
  await stage.button(page, "Edit").click();
  await stage.letGo(page);
  await visit.press("End", "End");
  const said = await stage.state(page);
  assert.match(said, /Arena: 19 bytes asked for.*Buddies: 19 bytes asked for, 48 used.*Size classes: 19/);
});

journey("values are made, freed twice and reset by hand", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await run(visit, "a = u32 1\n");
  await page.getByRole("button", { name: /Allocate\s*u64/ }).click();
  assert.match(await stage.state(page), /by hand, u64, at 0x8, 8 bytes/);
  await page.getByRole("button", { name: /Free\s*by hand/ }).click();
  assert.match(await stage.sentence(page), /is freed/);
  await page.getByRole("button", { name: "Reset all" }).click();
  assert.match(await stage.sentence(page), /takes everything back at once/);
  assert.match(await stage.state(page), /0 values alive of 2/);
});

journey("out of memory and huge sizes are sentences, and nothing else changes", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await run(visit, "memory 1000\na = bytes 900\nb = bytes 4294967295\nc = bytes 200\nd = bytes 0\nfree a\nfree a\nuse a 7\n");
  const log = await stage.steps(page).innerText();
  for (const said of [
    /b would be larger than any allocation may be/,
    /There is no memory for c: 200 bytes/,
    /d has no size, and needs no memory/,
    /a is gone already/,
    /There is no such value/,
  ]) {
    assert.match(log, said);
  }
});

const CLIPBOARD = { context: { permissions: ["clipboard-read", "clipboard-write"] } };

journey("100,000 lines that are pasted are refused with their place, and the page goes on", CLIPBOARD, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.button(page, "Edit").click();
  await program(page).fill("a = u8 1\nb = u8 2\n");
  await page.evaluate(async () => {
    await navigator.clipboard.writeText("a = u8 1\n".repeat(100_000));
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        globalThis.longest = Math.max(globalThis.longest, duration);
      }
    }).observe({ type: "longtask" });
  });
  await visit.press("Control+v");
  const said = page.getByRole("alert").filter({ hasText: "What you pasted was not taken over" });
  await said.waitFor();
  assert.match(await said.innerText(), /^Line 2,001, column 1: .* at most 2,000 lines\./);
  assert.equal(await program(page).inputValue(), "a = u8 1\nb = u8 2\n");
  const longest = await page.evaluate(() => globalThis.longest);
  console.log(`    100,000 lines pasted: the longest task took ${longest || "less than 50"} ms`);
  // What fits is taken over, and what was said is gone.
  await page.evaluate(() => navigator.clipboard.writeText("c = u8 3\n"));
  await visit.press("Control+v");
  assert.match(await program(page).inputValue(), /c = u8 3/);
  assert.equal(await said.count(), 0);
});

journey("this page's own allocator is told as an observation of this visit", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await visit.press("End", "End");
  const before = page.url();
  await page.getByText("The allocator of this page").click();
  const rows = page.getByRole("row");
  await rows.nth(6).waitFor();
  assert.equal(await rows.count(), 7, "six blocks and the head");
  assert.match(await rows.nth(1).innerText(), /0x[0-9a-f]+\s+\d+/);
  assert.equal(page.url().split("#")[0], before.split("#")[0]);
});

for (const colorScheme of ["light", "dark"]) {
  for (const mode of ["", "?present=1", "?embed=1"]) {
    const options = { context: { ...PROJECTOR, colorScheme } };
    journey(`axe finds nothing at a fault of the book's arena, ${colorScheme} ${mode}`, options, async (visit) => {
      const { page } = visit;
      await visit.open(PAGE);
      await stage.choose(page, "The book’s arena goes wrong");
      await visit.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
      const { hash } = new URL(await stage.link(page));
      await page.goto("about:blank");
      await visit.open(`${PAGE}${mode}${hash}`);
      await page.locator("[data-when=now]").waitFor({ state: "attached" });
      await visit.axe();
    });
  }
}

journey("in the last row everything can be read, and nothing scrolls", { context: PROJECTOR }, async (visit) => {
  const { page } = visit;
  await visit.open(`${PAGE}?present=1`);
  for (let step = 0; step < 8; step += 1) await visit.press("ArrowRight");
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
