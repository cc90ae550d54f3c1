// The page's own heap: it is watched, actions allocate what they are known to allocate, and a link
// holds what was set, never what was measured.

import assert from "node:assert/strict";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const said = (page) => page.locator("[data-part=said]").innerText();
const figure = async (page, name) => {
  const figures = page.locator("[data-part=figures] > div");
  const value = await figures.filter({ hasText: name }).locator("dd").innerText();
  return Number(value.replaceAll(",", ""));
};
const calls = (page) => page.getByRole("list", { name: "Calls, one by one" }).getByRole("listitem");
const slider = (page) => page.getByRole("slider", { name: "Block" });

/** Waits until a figure is as it should be. While a click is handled, what that needs is live too. */
async function settles(page, name, value) {
  const until = Date.now() + 2000;
  while ((await figure(page, name)) !== value && Date.now() < until) await page.waitForTimeout(50);
  assert.equal(await figure(page, name), value, name);
}

/** The address of the block that is chosen. */
const chosen = async (page) => Number((await slider(page).getAttribute("aria-valuetext")).slice(0, 8));

/** Takes an action by its button, and gives what is said of it. */
async function act(page, name) {
  await stage.button(page, name).click();
  return said(page);
}

journey("an action says what it has allocated, to the byte", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  assert.match(await said(page), /Press Watch/);
  assert.match(await act(page, "With room"), /allocated 4,000 bytes in 1 call, and freed nothing\. 1 block of 4,000 bytes stays\./);
  assert.equal(await calls(page).count(), 1);
  assert.match(await calls(page).first().innerText(), /^alloc 4,000 bytes at 0x[0-9a-f]{6}$/);
  await settles(page, "bytes live", 4000);
  await settles(page, "blocks", 1);

  // From 4 numbers on the room is doubled: 16, 32, ... 4,096 bytes.
  assert.match(
    await act(page, "Push"),
    /allocated 8,176 bytes in 9 calls \(8 of them realloc\), and freed 4,080 bytes in 8 blocks\. 1 block of 4,096 bytes stays\./,
  );
  const list = await calls(page).allInnerTexts();
  assert.match(list[0], /^alloc 16 bytes/);
  assert.match(list[8], /^realloc 2,048 to 4,096 bytes/);
  await settles(page, "bytes live", 4096);
  await settles(page, "blocks", 1);

  assert.match(await act(page, "Drop"), /allocated nothing, and freed 4,096 bytes in 1 block\. Nothing of it stays\./);
  await settles(page, "bytes live", 0);
  await settles(page, "blocks", 0);
  assert.match(await act(page, "Click"), /handler that does nothing .* allocated 4 bytes in 2 calls/);
});

journey("every action runs, and what it leaves is freed by the next", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  for (const name of ["Format", "Parse", "10 steps"]) {
    const [, kept] = (await act(page, name)).match(/of ([\d,]+) bytes stays?\./);
    await settles(page, "bytes live", Number(kept.replaceAll(",", "")));
  }
  assert.ok((await calls(page).count()) > 100);
  await act(page, "Drop");
  await settles(page, "bytes live", 0);
});

journey("the map knows every byte of the heap, and a block has its bytes", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  await act(page, "With room");
  // The chunks that the allocator's own headers tell of fit the blocks that were watched.
  const words = await stage.state(page);
  assert.match(words, /of the last action 4,008 bytes/);
  assert.doesNotMatch(words, /could not be read/);
  const older = Number(words.match(/in use by others ([\d,]+) bytes/)[1].replaceAll(",", ""));
  assert.ok(older > 10_000, "the page itself is older than the watching");
  // The numbers from 0 on, as they lie in memory.
  const rows = await page.getByRole("group", { name: "Bytes of the block" }).getByRole("row").allInnerTexts();
  assert.match(rows[0], /00 00 00 00 01 00 00 00/);
  assert.match(rows[31], /3e 00 00 00 3f 00 00 00/);
  assert.match(await slider(page).getAttribute("aria-valuetext"), /4,000 bytes asked for, aligned to 4/);

  // A pointer on the map: what is there, and, pressed, its bytes.
  const here = page.locator("[data-part=here]");
  const mark = await page.locator("[data-part=mark]").boundingBox();
  await page.mouse.move(mark.x + 20, mark.y + mark.height + 40);
  assert.doesNotMatch(await here.innerText(), /4,000 bytes asked for/);
  await page.mouse.move(mark.x + 3, mark.y + mark.height / 2);
  assert.match(await here.innerText(), /4,000 bytes asked for/);
});

journey("watching begins and ends when the person says so", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  assert.match(await stage.state(page), /^Not watched/);
  await stage.button(page, "Watch").click();
  assert.match(await stage.state(page), /^Watched since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\./);
  await act(page, "With room");
  await stage.button(page, "Stop").click();
  assert.match(await stage.state(page), /^No longer watched; seen since/);
  const before = await stage.state(page);
  await page.waitForTimeout(600);
  assert.equal(await stage.state(page), before, "nothing is seen any more");
  await stage.button(page, "Watch").click();
  assert.equal(await figure(page, "blocks"), 0, "it begins anew");
});

journey("what the page allocates to draw is counted only if that is wanted", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  await stage.button(page, "Watch").click();
  await page.waitForTimeout(1200);
  const seen = async () => Number((await stage.state(page)).match(/([\d,]+) allocations? so far/)[1].replaceAll(",", ""));
  const quiet = await seen();
  assert.ok(quiet < 20, `${quiet} allocations while nothing happens`);
  await page.getByRole("checkbox", { name: "Count what drawing this page allocates" }).check();
  await page.waitForTimeout(1500);
  assert.ok((await seen()) > quiet + 100);
  assert.ok((await figure(page, "allocations / s")) > 50);
});

journey("a table that is full says what it has lost", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  await stage.button(page, "Watch").click();
  await act(page, "Fill");
  assert.match(await said(page), /allocated [\d,]+ bytes in 13,001 calls/);
  assert.match(await said(page), /71\d blocks found no place in the table\./);
  assert.ok((await figure(page, "lost")) > 700);
  assert.match(await calls(page).last().innerText(), /and 12,745 calls more/);
  await act(page, "Drop");
  await settles(page, "blocks", 0);
});

journey("a link brings back what was set and chosen, and nothing that was measured", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  await act(page, "With room");
  const url = page.url();
  assert.match(url, /#1&action=room&address=0x[0-9a-f]{6}$/);
  const other = await visit.newPage();
  await visit.open(url.slice(visit.site.url().length), other);
  assert.match(await other.locator("[data-part=said]").innerText(), /Press Watch/, "nothing was measured here");
  assert.equal(await figure(other, "bytes live"), 0);
  assert.match(await stage.button(other, "With room").getAttribute("class"), /first/);
  const address = url.split("address=")[1];
  const place = await other.locator("[data-part=here]").innerText();
  assert.match(place, /^0x[0-9a-f]{6}: /);
  assert.ok(Number(place.slice(0, 8)) <= Number(address) + 8, "what is at that address here");

  await stage.button(other, "The book’s tracer").click();
  await other.reload();
  await other.getByRole("region", { name: "Tracers" }).waitFor();
  assert.match(other.url(), /view=tracer/);
});

journey("a link that cannot be read is kept and explained", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/#1&depth=99");
  const alert = page.getByRole("alert");
  await alert.getByText("should be depth= and a number from 1 to 12").waitFor();
  assert.equal(await alert.getByRole("textbox").inputValue(), "1&depth=99");
  await alert.getByRole("textbox").fill("1&view=tracer&depth=3");
  await stage.button(page, "Try again").click();
  await page.getByText("Stopped here, at depth 3.").waitFor();
  assert.equal(await alert.count(), 0);
});

journey("the book's tracer calls itself until it is stopped, and two others do not", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/#1&view=tracer");
  const tracers = page.getByRole("region", { name: "Tracers" });
  const counts = () => tracers.locator("ol").evaluateAll((lists) => lists.map((list) => list.children.length));
  assert.deepEqual(await counts(), [6, 2, 1]);
  await tracers.getByText(/each call took [\d,]+ bytes of it, so its 1,048,576 bytes are full after [\d,]+ calls/).waitFor();
  await visit.press("2", "2");
  assert.deepEqual(await counts(), [8, 2, 1]);
  assert.match(page.url(), /depth=8/);
  await visit.press("3", "t");
  await stage.region(page, "Calls").waitFor();
});

journey("the keyboard alone does everything", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  await visit.press(" ");
  await stage.button(page, "Stop").waitFor();
  await visit.press("2");
  assert.match(await said(page), /8,176 bytes/);
  const at = await chosen(page);
  await visit.press("ArrowLeft");
  const before = await chosen(page);
  assert.ok(before < at, `${before} lies before ${at}`);
  await visit.press("ArrowRight", "ArrowRight");
  assert.ok((await chosen(page)) > before);
  await visit.tabTo("slider", "Block");
  await visit.press("Home");
  assert.ok((await chosen(page)) < before, "the first block");
  await visit.press("p");
  assert.ok(page.url().includes("present=1"));
  await visit.press("?");
  await page.getByRole("dialog").getByText("What is counted").waitFor();
  await visit.press("Escape");
  await visit.press(" ");
  await stage.button(page, "Watch").waitFor();
});

const lost = { context: { serviceWorkers: "block" }, expected: [/sources/, /Failed to load/] };
journey("markup that does not arrive is a sentence in its place", lost, async (visit) => {
  await visit.context.route("**/sources/**", (route) => route.abort());
  await visit.open("heap/");
  await visit.page.getByRole("heading", { name: "This page did not arrive whole" }).waitFor();
  await visit.axe();
});

journey("leaving the page ends the watching", {}, async (visit) => {
  const { page } = visit;
  await visit.open("heap/");
  await act(page, "10 steps");
  await page.getByRole("link", { name: "Oxidoscope" }).click();
  await page.waitForURL(visit.site.url());
  await page.goBack();
  await stage.button(page, "Watch").waitFor();
  assert.match(await stage.state(page), /^Not watched\. 0 bytes live/);
  assert.match(await act(page, "With room"), /4,000 bytes in 1 call/);
});

for (const colorScheme of ["light", "dark"]) {
  for (const query of ["", "?present=1", "?embed=1"]) {
    for (const view of ["memory", "tracer"]) {
      const context = { colorScheme, viewport: { width: 1024, height: 768 } };
      journey(`axe finds nothing on heap/${query}, ${view}, ${colorScheme}, and nothing has to be scrolled`, { context }, async (visit) => {
        const { page } = visit;
        await visit.open(`heap/${query}#1&view=${view}`);
        if (view === "memory") {
          await stage.button(page, "10 steps").click();
          await page.waitForTimeout(300);
        }
        await visit.axe();
        if (query !== "?present=1") return;
        const { over, small } = await page.evaluate(() => {
          const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
          const inner = [...document.querySelectorAll(".tracers, .state")].filter((it) => it.checkVisibility());
          const over = inner.map((it) => it.scrollHeight - it.clientHeight);
          const texts = [...document.querySelectorAll(".stage *")].filter(
            (it) => it.checkVisibility() && !it.closest(".unseen, .bar") && [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
          );
          const small = texts.filter((it) => parseFloat(getComputedStyle(it).fontSize) < 20).map((it) => it.outerHTML);
          return { over: [scrollHeight - clientHeight, scrollWidth - clientWidth, ...over], small };
        });
        assert.ok(over.every((pixels) => pixels <= 1), `scrolls by ${over}`);
        assert.deepEqual(small, [], "text of 20 px and more");
      });
    }
  }
}
