// Programs of one's own: written, told what is wrong with them, mended, run, kept.

import assert from "node:assert/strict";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const PAGE = "executor/";

const program = (page) => page.getByRole("textbox", { name: "Program" });

/** Opens the editor and puts a program into it. */
async function write(page, text) {
  if (!(await program(page).isVisible())) await stage.button(page, "Edit").click();
  await program(page).fill(text);
}

journey("a program with a mistake is told where, mended and run", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  const before = await stage.state(page);
  const wrong = 'channel ping\n\ntask a {\n    slep 3\n    send ping\n}\ntask b { recv ping print "got it" }\n';
  await write(page, wrong);
  const problem = page.getByRole("button", { name: /line 4, column 5/ });
  await problem.waitFor();
  assert.match(await problem.textContent(), /did you mean sleep/);
  assert.equal(await page.locator("mark").textContent(), "slep");
  await stage.button(page, "Run this program").click();
  assert.match(await page.getByRole("alert").textContent(), /line 4, column 5/);
  assert.equal(await stage.state(page), before, "the run that was there is as it was");
  assert.equal(await program(page).inputValue(), wrong, "and so is the text");
  const selected = await program(page).evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd));
  assert.equal(selected, "slep");
  await page.keyboard.type("sleep");
  await page.keyboard.press("Control+Enter");
  assert.match(await stage.state(page), /‘a’: queued/);
  assert.equal(await stage.cursor(page), 0);
  await stage.button(page, "Edit").click();
  await stage.letGo(page);
  await visit.press("End");
  await page.getByText("Every task is finished.").first().waitFor();
  assert.match(await stage.state(page), /‘b’ printed "got it"/);

  // The run of a program of one's own is in its link as any other.
  const link = await stage.link(page);
  const [said, at] = [await stage.state(page), await stage.cursor(page)];
  const other = await visit.newPage();
  await other.goto(link);
  await other.getByRole("main").waitFor();
  assert.deepEqual([await stage.state(other), await stage.cursor(other)], [said, at]);
});

journey("a program that breaks a rule in many places is told all of them", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await write(page, "task a {\n  send nowhere\n  loop 99999 { yield }\n  join b\n}\ntask a { }\n");
  const problems = page.getByRole("button", { name: /line \d+, column \d+/ });
  await problems.first().waitFor();
  const lines = (await problems.allTextContents()).map((text) => text.match(/line (\d+)/)[1]);
  assert.deepEqual([...new Set(lines)], ["2", "3", "4", "6"]);
  // Each leads to its place.
  await problems.nth(1).click();
  const place = await program(page).evaluate((it) => it.value.slice(0, it.selectionStart).split("\n").length);
  assert.equal(String(place), lines[1]);
});

journey("what was typed is kept: over a change of scene, and over a reload", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  const typed = "task mine { sleep 1 }\n# not yet done {\n";
  await write(page, typed);
  await stage.choose(page, "Ping-pong");
  assert.equal(await program(page).inputValue(), typed);
  await page.reload();
  await stage.button(page, "Edit").click();
  assert.equal(await program(page).inputValue(), typed);
  // An example replaces it, and gives it back.
  await page.getByRole("combobox", { name: "Examples" }).selectOption({ index: 2 });
  assert.notEqual(await program(page).inputValue(), typed);
  await stage.button(page, "Bring back my text").click();
  assert.equal(await program(page).inputValue(), typed);
});

journey("every example runs", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.button(page, "Edit").click();
  const examples = page.getByRole("combobox", { name: "Examples" });
  const count = await examples.locator("option").count();
  assert.ok(count > 3);
  for (let index = 1; index < count; index += 1) {
    await examples.selectOption({ index });
    const text = await program(page).inputValue();
    await stage.button(page, "Run this program").click();
    assert.equal(await page.getByRole("button", { name: /line \d+/ }).count(), 0, text);
    assert.equal(await stage.length(page), 0, text);
    await stage.button(page, "Last").click();
    await page.waitForFunction(() => Number(document.querySelector("input[type=range]").max) > 0);
  }
});

journey("Escape closes the editor, and what was typed is there again", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await write(page, "task a { sleep 1 }");
  await program(page).focus();
  await visit.press("Escape");
  await program(page).waitFor({ state: "detached" });
  const edit = stage.button(page, "Edit");
  assert.ok(await edit.evaluate((it) => it === document.activeElement), "the focus is where it was opened");
  await visit.press("Enter");
  assert.equal(await program(page).inputValue(), "task a { sleep 1 }");
});
