// The executor's page, operated: steps, ways, scenes, all of it without a mouse.

import assert from "node:assert/strict";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const PAGE = "executor/";

journey("a scene is stepped to its verdict by keyboard alone", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  const select = await visit.tabTo("combobox", "Scene");
  // Letters choose in a select; the scenes have numbers.
  await page.keyboard.press("7");
  assert.match(await select.evaluate((it) => it.selectedOptions[0].textContent), /A lost wake-up/);
  await visit.tabTo("button", "Step");
  await visit.press("Enter", "Enter", "Enter");
  assert.equal(await stage.cursor(page), 3);
  await visit.press("ArrowRight", "ArrowLeft", "ArrowLeft", "Home");
  assert.equal(await stage.cursor(page), 0);
  await visit.press("End", "End");
  await page.getByText("Stuck: nothing will ever run again.", { exact: false }).first().waitFor();
  const said = await stage.state(page);
  assert.match(said, /‘careless’: never woken again/);
  assert.match(said, /1 waker of 1 ‘careless’ held by a variable/);
  assert.match(await stage.steps(page).innerText(), /‘careless’ will never be woken again/);
  assert.equal(await stage.commands(page).count(), 1);
});

journey("the button of a command keeps the focus while the commands change", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  const first = stage.commands(page).first();
  await first.focus();
  const said = new Set([await first.innerText()]);
  let length = await stage.length(page);
  for (let press = 0; press < 4; press += 1) {
    await visit.press("Enter");
    assert.ok((await stage.length(page)) > length, "it was taken");
    length = await stage.length(page);
    said.add(await first.innerText());
    assert.ok(await first.evaluate((it) => it === document.activeElement), "it has the focus");
  }
  assert.ok(said.size > 1, "another command stands there than at first");
});

journey("whatever else is done, is done by keyboard alone too", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  // A clicker's keys, and the numbers of the commands.
  await visit.press("PageDown", "PageDown", "PageUp", "End", "1");
  const [cursor, length] = [await stage.cursor(page), await stage.length(page)];
  assert.ok(cursor === length && cursor > 10, `step ${cursor} of ${length}`);

  await visit.press("p");
  await page.waitForURL(/\?present=1/);
  await stage.letGo(page);
  await visit.press("p");
  await page.waitForURL((url) => !url.search);

  await visit.press("f");
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await visit.press("f");
  await page.waitForFunction(() => document.fullscreenElement === null);

  await visit.press("?");
  const help = page.getByRole("dialog");
  await help.waitFor();
  await visit.press("ArrowLeft");
  assert.equal(await stage.cursor(page), cursor, "the help has the keys while it is open");
  await visit.press("Escape");
  await help.waitFor({ state: "hidden" });

  await stage.letGo(page);
  const save = page.locator("summary").filter({ hasText: "Save" });
  for (let count = 0; !(await save.evaluate((it) => it === document.activeElement)); count += 1) {
    assert.ok(count < 30, "Tab reaches the menu");
    await visit.press("Tab");
  }
  await visit.press("Enter", "Tab", "Tab");
  const [download] = await Promise.all([page.waitForEvent("download"), visit.press("Enter")]);
  assert.match(download.suggestedFilename(), /\.json$/);

  await stage.letGo(page);
  await visit.press("r");
  assert.deepEqual([await stage.cursor(page), await stage.length(page)], [0, 0]);
});

journey("what is stepped back is as it was", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Join and select");
  const forward = [[await stage.state(page), ""]];
  for (let step = 1; step <= 30; step += 1) {
    await visit.press("ArrowRight");
    forward.push([await stage.state(page), await stage.sentence(page)]);
  }
  const end = await stage.length(page);
  assert.equal(new Set(forward.map(([said]) => said)).size, 31, "each step is seen in the words");
  for (let step = 29; step >= 1; step -= 1) {
    await visit.press("ArrowLeft");
    assert.deepEqual([await stage.state(page), await stage.sentence(page)], forward[step], `step ${step}`);
  }
  await visit.press("Home");
  assert.equal(await stage.state(page), forward[0][0]);
  await visit.press("End");
  assert.equal(await stage.cursor(page), end);
  // The slider goes anywhere.
  await stage.timeline(page).fill("17");
  assert.deepEqual([await stage.state(page), await stage.sentence(page)], forward[17]);
});

journey("at an earlier cursor another way is taken, and the one before can be had back", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Two sources, one token");
  for (let step = 0; step < 20; step += 1) await visit.press("ArrowRight");
  await visit.press("End");
  const [end, before] = [await stage.length(page), await stage.state(page)];
  await stage.timeline(page).fill("0");
  await page.getByRole("button", { name: "Make ‘phone’ readable" }).click();
  await page.getByText(`Another way, from step 0 on; the ${end} steps of before are put aside.`).waitFor();
  const [at, length] = [await stage.cursor(page), await stage.length(page)];
  assert.ok(at > 0 && at === length && at < end, `step ${at} of ${length}`);
  assert.match(await stage.sentence(page), /phone/);
  await page.getByRole("button", { name: "Return to the run before" }).click();
  assert.equal(await stage.length(page), end);
  await visit.press("End");
  assert.equal(await stage.state(page), before);
});

journey("a command that is not possible now is a sentence, and nothing happens", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await visit.press("ArrowRight", "ArrowRight");
  const [before, length] = [await stage.state(page), await stage.length(page)];
  await visit.press("9");
  await page.getByText("There is no command 9 now").waitFor();
  assert.equal(await stage.state(page), before);
  assert.equal(await stage.length(page), length);
});

journey("Play goes on by itself to the end, and can be paused", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await page.getByRole("combobox", { name: "Speed" }).selectOption("240/s");
  await stage.button(page, "Play").click();
  await stage.button(page, "Pause").click();
  const paused = await stage.cursor(page);
  await page.waitForTimeout(300);
  assert.equal(await stage.cursor(page), paused);
  await stage.letGo(page);
  await visit.press(" ");
  await stage.button(page, "Play").waitFor();
  assert.ok(await stage.isAtEnd(page));
  assert.ok((await stage.cursor(page)) > paused);
});

journey("a switch begins a new run, and the one before can be had back", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await visit.press("ArrowRight", "ArrowRight");
  const before = await stage.state(page);
  await stage.button(page, "Edit").click();
  await page.getByRole("radio", { name: "Poll everything" }).check();
  assert.match(await stage.state(page), /Executor: poll everything/);
  assert.equal(await stage.cursor(page), 0);
  await page.getByText("A new run, from its start.").waitFor();
  await page.getByRole("button", { name: "Return to the run before" }).click();
  assert.equal(await stage.state(page), before);
});

journey("both sources are shown by a switch, each with the line that runs", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  for (let step = 0; step < 12; step += 1) await visit.press("ArrowRight");
  const tabs = page.getByRole("group", { name: "Which source" }).getByRole("button");
  const names = await tabs.allTextContents();
  assert.ok(names.length >= 3, names.join(", "));
  const shown = new Set();
  for (let index = 1; index < names.length; index += 1) {
    await tabs.nth(index).click();
    shown.add(await stage.region(page, "Source").innerText());
  }
  assert.equal(shown.size, names.length - 1, "each is another text");
});

journey("the waker that does nothing: both executors side by side", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "The waker that does nothing");
  const rows = page.getByRole("row");
  await page.getByRole("rowheader", { name: "poll everything" }).waitFor();
  const said = await rows.allTextContents();
  assert.match(said.at(-2), /poll everything\d+ polls, [1-9]\d* useless.*finished at time/);
  assert.match(said.at(-1), /run queue\d+ polls, 0 useless.*stuck, 0 of 2 tasks finished/);
});

journey("the log is scrolled by hand to any step, and follows the run again with the next move", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Join and select");
  for (let press = 0; press < 2; press += 1) {
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.querySelector("[data-when=now]"));
  }
  await page.waitForFunction(() => document.querySelector("[aria-label=Step]").ariaDisabled === "true");
  const end = await stage.cursor(page);
  const log = stage.steps(page);

  /** The first and the last step that are wholly seen. */
  const seen = () =>
    log.evaluate((log) => {
      const { top, bottom } = log.getBoundingClientRect();
      const rows = [...log.querySelectorAll("[data-step]")].filter((row) => {
        const place = row.getBoundingClientRect();
        return place.top >= top - 1 && place.bottom <= bottom + 1;
      });
      return [rows.at(0), rows.at(-1)].map((row) => Number(row.dataset.step));
    });
  assert.equal((await seen())[1], end, "the last step is where the run is");

  await log.hover();
  const firsts = [end];
  while (firsts.at(-1) > 1 && firsts.length < end) {
    await page.mouse.wheel(0, -120);
    await page.waitForTimeout(50);
    firsts.push((await seen())[0]);
  }
  assert.deepEqual(firsts, firsts.toSorted((a, b) => b - a), "nothing drives it back");
  assert.equal(firsts.at(-1), 1);
  assert.equal(await stage.cursor(page), end, "looking at a step does not go there");
  assert.ok(firsts.length > 5, `${firsts}: it is longer than what is seen`);

  await page.keyboard.press("ArrowLeft");
  const [first, last] = await seen();
  assert.ok(first <= end - 1 && end - 1 <= last, `${end - 1} is seen, not ${first} to ${last} alone`);
});
