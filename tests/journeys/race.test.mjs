// The race of the allocators, in the release build. No test asserts a time that was measured: another
// machine has others. What is asserted is that it runs, ends, can be ended, and says what it found.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const ALL = ["The limit", "Arena", "First fit", "Best fit", "Buddies", "Size classes", "This wasm’s own"];
const SHORT = "#1&work=mixed&samples=11&field=arena,typed,first-fit,best-fit,buddies,size-classes,global";
const LONG = SHORT.replace("samples=11", "samples=301");

/** A number as it stands in a sentence. */
const NUMBER = "([\\d,]+(?:\\.\\d+)?)";

const start = (page) => stage.button(page, "Start the race");
const cancel = (page) => stage.button(page, "Cancel");
const work = (page, name) => page.getByRole("group", { name: "Work" }).getByRole("button", { name });
const picture = (page) => stage.region(page, "State").locator("svg");
const said = (page) => page.locator(".caption [aria-live]").textContent();
const samples = (page) => page.getByRole("combobox", { name: "Samples of each" });

/** Starts a race, and waits until it has ended by itself. */
async function race(page) {
  await start(page).click();
  await cancel(page).waitFor();
  await start(page).waitFor({ timeout: 60_000 });
}

/** Each row of the picture: whose it is, and how many dots it has. */
const rows = (page) =>
  picture(page).evaluate((svg) =>
    [...svg.querySelectorAll("g")]
      .map((group) => ({
        name: group.querySelector("text")?.textContent,
        dots: (group.innerHTML.match(/0 1 1/g) ?? []).length / 2,
        beyond: Number(group.textContent.match(/\+(\d+) ›/)?.[1] ?? 0),
        y: group.getBoundingClientRect().top,
      }))
      .sort((one, other) => one.y - other.y),
  );

journey("a short race runs to its end and shows everybody with all samples", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`race/${SHORT}`);
  assert.match(await stage.state(page), /Arena has not run yet\./);
  await race(page);
  const shown = (await rows(page)).filter(({ name }) => ALL.includes(name));
  assert.deepEqual(shown.map(({ name }) => name).sort(), [...ALL].sort());
  assert.equal(shown[0].name, "The limit");
  for (const { name, dots, beyond } of shown) assert.equal(dots + beyond, 11, name);
  const words = await stage.state(page);
  const medians = ALL.map((name) => {
    const found = new RegExp(`${name}: median ${NUMBER} ns, with 95 % of certainty from ${NUMBER} to ${NUMBER}`).exec(words);
    assert.ok(found, `${name} in ${words}`);
    const [median, low, high] = found.slice(1).map((number) => Number(number.replaceAll(",", "")));
    assert.ok(low <= median && median <= high && high > 0, found[0]);
    return median;
  });
  // Some are a hundred times slower, however busy this machine is.
  assert.ok(Math.max(...medians) > medians[0], `${medians}`);
  assert.match(await said(page), /is the quickest: [\d.,]+ ns for a block, allocated and freed, [\d.,]+ times the limit\./);
  const facts = await stage.region(page, "How this is measured").innerText();
  const today = new Date().getFullYear();
  assert.match(facts, new RegExp(`Measured\\s+${today}-\\d\\d-\\d\\d \\d\\d:\\d\\d, in Chromium \\d+`));
  assert.match(facts, /Tick of the clock\s+[\d.]+ (µs|ms)/);
  assert.match(facts, /A sample\s+[\d.]+ ms or more, \d+ ticks/);
});

journey("every kind of work can be raced, one after the other", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`race/${SHORT}`);
  for (const [index, name] of ["One type", "Many layouts", "Coming and going", "Growing Vecs"].entries()) {
    await stage.letGo(page);
    await visit.press(String(index + 1));
    assert.equal(await work(page, name).getAttribute("aria-pressed"), "true");
    assert.match(await stage.state(page), /has not run yet/, "what was measured was for other work");
    await visit.press(" ");
    await cancel(page).waitFor();
    await start(page).waitFor({ timeout: 60_000 });
    const words = await stage.state(page);
    assert.equal(words.includes("Typed arena: median"), index === 0, words);
    assert.doesNotMatch(words, /not run yet/);
  }
});

journey("a race that is cancelled ends at once, with what there is, and another can begin", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`race/${LONG}`);
  await start(page).click();
  await page.waitForFunction(() => document.querySelector("progress").value > 8);
  // Measured in the page, since the way from here to there takes time too.
  const took = await page.evaluate(async () => {
    const button = [...document.querySelectorAll("button")].find((it) => it.textContent === "Cancel");
    const begun = performance.now();
    button.click();
    while (button.textContent !== "Start the race") await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - begun;
  });
  assert.ok(took < 200, `${took} ms`);
  const [, count] = /(\d+) samples? each/.exec(await page.locator(".count").innerText());
  assert.ok(Number(count) > 0 && Number(count) < 301, count);
  await samples(page).selectOption("11");
  await race(page);
  assert.match(await page.locator(".count").innerText(), /^11 samples each$/);
});

journey("choosing something else gives a race up", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`race/${LONG}`);
  await start(page).click();
  await cancel(page).waitFor();
  await work(page, "Growing Vecs").click();
  await start(page).waitFor();
  assert.match(await stage.state(page), /Arena has not run yet/);
  await page.waitForTimeout(500);
  await start(page).waitFor();
});

journey("a link restores what is chosen, and never what was measured", {}, async (visit) => {
  const { page } = visit;
  await visit.open("race/");
  assert.equal(await page.evaluate(() => location.hash), "", "what is chosen at first needs no link");
  await work(page, "Coming and going").click();
  await samples(page).selectOption("11");
  for (const name of ["Best fit", "Buddies", "Typed arena"]) await page.getByRole("checkbox", { name }).uncheck();
  await race(page);
  const link = page.url();
  assert.match(link, /#1&work=churn&samples=11&field=arena,first-fit,size-classes,global$/);
  const other = await visit.newPage();
  await other.goto(link);
  await other.getByRole("main").waitFor();
  assert.equal(await work(other, "Coming and going").getAttribute("aria-pressed"), "true");
  assert.equal(await samples(other).inputValue(), "11");
  for (const [name, is] of [["Best fit", false], ["Buddies", false], ["Arena", true], ["This wasm’s own", true]]) {
    assert.equal(await other.getByRole("checkbox", { name, exact: true }).isChecked(), is, name);
  }
  assert.match(await stage.state(other), /Arena has not run yet/);
});

journey("a link that cannot be read says what and where, and keeps what was typed", {}, async (visit) => {
  const { page } = visit;
  await visit.open("race/#1&work=sorting&samples=11");
  const alert = page.getByRole("alert");
  await alert.getByText("“work=sorting” should be work=values, work=mixed, work=churn or work=vecs.").waitFor();
  const text = alert.getByRole("textbox");
  assert.equal(await text.inputValue(), "1&work=sorting&samples=11");
  await text.fill("1&work=vecs&samples=11&field=arena");
  await stage.button(page, "Try again").click();
  assert.equal(await work(page, "Growing Vecs").getAttribute("aria-pressed"), "true");
  assert.equal(await alert.count(), 0);
});

journey("the picture and the samples can be saved", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`race/${SHORT}`);
  await race(page);
  const saved = async (name) => {
    await page.getByText("Save", { exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), stage.button(page, name).click()]);
    return readFileSync(await download.path(), "utf8");
  };
  const svg = await saved("Diagram as SVG");
  assert.match(svg, /^<svg xmlns=.*<title>11 samples each · Chromium \d+ · \d{4}-/s);
  assert.doesNotMatch(svg, /var\(--/);
  const json = JSON.parse(await saved("Samples as JSON"));
  assert.equal(json.demo, "race");
  assert.deepEqual(json.rows.map(({ allocator }) => allocator).sort(), [...ALL].sort());
  for (const row of json.rows) assert.equal(row.samples_ns.length, 11);
});

for (const colorScheme of ["light", "dark"]) {
  for (const mode of ["", "?present=1", "?embed=1"]) {
    journey(`axe finds nothing on a race, ${colorScheme} ${mode}`, { context: { colorScheme } }, async (visit) => {
      await visit.open(`race/${mode}${SHORT}`);
      await race(visit.page);
      await visit.axe();
    });
  }
}

const hall = { context: { viewport: { width: 1024, height: 768 } } };
journey("for the last row everything is there without scrolling, and large", hall, async (visit) => {
  const { page } = visit;
  await visit.open(`race/?present=1${SHORT.replace("mixed", "values")}`);
  await race(page);
  const small = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollHeight > root.clientHeight || root.scrollWidth > root.clientWidth) return ["it scrolls"];
    const texts = [...document.querySelectorAll("main *, footer *")].filter(
      (it) => it.checkVisibility() && !it.closest(".unseen, kbd") && [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
    );
    return texts
      .filter((it) => {
        const scale = it.ownerSVGElement ? it.getScreenCTM().a : 1;
        const { top, bottom } = it.getBoundingClientRect();
        return parseFloat(getComputedStyle(it).fontSize) * scale < 19.5 || top < 0 || bottom > innerHeight;
      })
      .map((it) => it.textContent);
  });
  assert.deepEqual(small, []);
});

const phone = { context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } };
journey("a phone shows it all, nothing beside the screen", phone, async (visit) => {
  const { page } = visit;
  await visit.open(`race/${SHORT}`);
  await race(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide} pixels`);
  const names = (await rows(page)).map(({ name }) => name);
  for (const name of ALL) assert.ok(names.includes(name), name);
});
