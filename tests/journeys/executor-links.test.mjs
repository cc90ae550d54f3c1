// A run leaves the page and comes back: as a link, as a file, as a picture.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const PAGE = "executor/";

/** To a step within a run with a choice of the person's own. */
async function someRun(visit) {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Two sources, one token");
  for (let step = 0; step < 17; step += 1) await visit.press("ArrowRight");
  await page.getByRole("button", { name: "Make ‘phone’ readable" }).click();
  await stage.letGo(page);
  await visit.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft");
  return looks(page);
}

/** All that a page says of the run. */
async function looks(page) {
  return {
    state: await stage.state(page),
    cursor: await stage.cursor(page),
    length: await stage.length(page),
    sentence: await stage.sentence(page),
    commands: await stage.commands(page).allTextContents(),
    steps: await stage.steps(page).innerText(),
  };
}

const clipboard = { context: { permissions: ["clipboard-read", "clipboard-write"] } };
journey("a copied link opens on the same step of the same run", clipboard, async (visit) => {
  const { page } = visit;
  const run = await someRun(visit);
  await stage.button(page, "Copy link").click();
  await page.getByText("Link copied. It opens this very step.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await visit.newPage();
  await other.goto(link);
  await other.getByRole("main").waitFor();
  assert.deepEqual(await looks(other), run);
});

journey("a reload comes back to the exact step", {}, async (visit) => {
  const run = await someRun(visit);
  await stage.link(visit.page);
  await visit.page.reload();
  await visit.page.getByRole("main").waitFor();
  assert.deepEqual(await looks(visit.page), run);
});

const BAD_LINKS = [
  ["not a link", /At character 1 .* version/],
  ["9AAAAAAAA", /At character 1 .* version/],
  ["1AAAAAAAA!AAA", /changed or cut off.* At character 10 /],
  ["1AAAAAAAAAAAAA", /changed or cut off.* At character \d+ /],
  ["1", /changed or cut off.* At character 2 /],
];
journey("a link that cannot be read says what is wrong and where, and is mended in place", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await visit.press("ArrowRight");
  const good = new URL(await stage.link(page)).hash.slice(1);
  const first = await stage.state(page);

  const other = await visit.newPage();
  const alert = other.getByRole("alert");
  const input = other.getByRole("textbox", { name: "The link’s text" });
  for (const [text, says] of BAD_LINKS) {
    await other.goto("about:blank");
    await visit.open(`${PAGE}#${encodeURIComponent(text)}`, other);
    assert.match(await alert.innerText(), /This link cannot be read/);
    assert.match(await alert.innerText(), says);
    assert.match(await alert.innerText(), /The run on the screen is not from it/);
    assert.equal(await input.inputValue(), text, "what was there is kept");
  }
  await other.keyboard.press("ArrowRight");
  assert.equal(await stage.cursor(other), 1, "the first scene is there meanwhile");
  assert.equal(await stage.state(other), first);
  await input.fill("1!");
  await other.keyboard.press("Enter");
  assert.match(await alert.innerText(), /At character 2 /);
  assert.equal(await input.inputValue(), "1!");
  await input.fill(good);
  await other.keyboard.press("Enter");
  await alert.waitFor({ state: "detached" });
  assert.deepEqual([await stage.state(other), await stage.cursor(other)], [first, 1]);

  // A person may also change the address of a page that stands.
  await other.evaluate(() => {
    location.hash = "nonsense";
  });
  await alert.waitFor();
  assert.deepEqual([await stage.state(other), await stage.cursor(other)], [first, 1], "as it was");
});

journey("a link whose run is not possible opens as far as it goes, and says how far", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Ping-pong");
  const scene = new URL(await stage.link(page)).hash.slice(1);
  // Instead of none: one command, "make source 7 readable", and the cursor at 5.
  const ready = stage.changed(scene, (body) => body.splice(-2, 2, 1, 2, 7, 0, 5));
  // Instead of none: the first worker's turn, and the cursor at 90.
  const beyond = stage.changed(scene, (body) => body.splice(-2, 2, 1, 3, 0, 90));
  for (const [link, says, length] of [
    [ready, /Command 1 of 1 is not possible/, (it) => it === 0],
    [beyond, /step 90/, (it) => it > 0 && it < 90],
  ]) {
    const other = await visit.newPage();
    await visit.open(`${PAGE}#${link}`, other);
    await other.getByRole("status").getByText(says).waitFor();
    assert.ok(length(await stage.length(other)), `${await stage.length(other)} steps`);
    assert.match(await stage.state(other), /ping/);
  }
});

journey("a run that was saved as JSON is opened again, picked or dropped", {}, async (visit) => {
  const { page } = visit;
  const run = await someRun(visit);
  await page.getByText("Save", { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    stage.button(page, "Run as JSON").click(),
  ]);
  assert.equal(download.suggestedFilename(), `executor-${run.length}-steps.json`);
  const text = await readFile(await download.path(), "utf8");
  const json = JSON.parse(text);
  assert.equal(json.steps.length, run.length);
  assert.ok(run.sentence.includes(json.steps[run.cursor - 1]), json.steps[run.cursor - 1]);

  const other = await visit.newPage();
  await visit.open(PAGE, other);
  const file = { name: "run.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await other.getByLabel("Open a saved run").setInputFiles(file);
  await other.waitForFunction((length) => document.querySelector("input[type=range]").max == length, run.length);
  assert.deepEqual(await looks(other), run);

  await stage.choose(other, "Two timers");
  await drop(other, "run.json", text);
  await other.waitForFunction((length) => document.querySelector("input[type=range]").max == length, run.length);
  assert.deepEqual(await looks(other), run);

  for (const [wrong, says] of [
    ["# notes", /notes\.json: This is not JSON/],
    ['{"demo": "arena", "run": "1"}', /notes\.json: This run belongs to the demo “arena”; open it there/],
    ['{"steps": []}', /notes\.json: There should be a field “run”/],
  ]) {
    await drop(other, "notes.json", wrong);
    await other.getByRole("status").getByText(says).waitFor();
    assert.deepEqual(await looks(other), run, "the run is as it was");
  }
  await drop(other, "damaged.json", JSON.stringify({ ...json, run: json.run.slice(0, -3) }));
  await other.getByRole("alert").getByText("This link cannot be read").waitFor();
  assert.deepEqual(await looks(other), run, "the run is as it was");
});

journey("a run too long for a link says so, and is taken as JSON", {}, async (visit) => {
  const { page } = visit;
  await visit.open(PAGE);
  await stage.choose(page, "Two sources, one token");
  const scene = new URL(await stage.link(page)).hash.slice(1);
  // Instead of none: both sources are made readable by turns, 5,000 times.
  const turns = Array(5_000).fill([2, 0, 0, 2, 1, 0]).flat();
  const long = stage.changed(scene, (body) => body.splice(-2, 2, ...number(10_000), ...turns, 0));
  await drop(page, "long.json", JSON.stringify({ demo: "executor", run: long }));
  await page.waitForFunction(() => document.querySelector("input[type=range]").max == 10_000);
  await visit.press("End");
  const [state, length] = [await stage.state(page), await stage.length(page)];

  await stage.button(page, "Copy link").click();
  await page.getByText(/The link would have \d\d KB/).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    stage.button(page, "Save the run as JSON").click(),
  ]);
  await page.waitForTimeout(600);
  assert.ok(page.url().length < 30 * 1024, "and the address is not flooded");
  const other = await visit.newPage();
  await visit.open(PAGE, other);
  await other.getByLabel("Open a saved run").setInputFiles(await download.path());
  await other.waitForFunction((length) => document.querySelector("input[type=range]").max == length, length);
  assert.equal(await stage.state(other), state);
});

/** A number as links hold it: seven bits a byte, the low ones first. */
function number(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)];
}

/** Lets go of a file over the page. */
function drop(page, name, text) {
  return page.evaluate(([name, text]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name, { type: "application/json" }));
    const where = { bubbles: true, cancelable: true, dataTransfer };
    document.querySelector("main").dispatchEvent(new DragEvent("dragover", where));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", where));
  }, [name, text]);
}

journey("the diagram is saved as an SVG that stands alone", {}, async (visit) => {
  const { page } = visit;
  const run = await someRun(visit);
  await page.getByText("Save", { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    stage.button(page, "Diagram as SVG").click(),
  ]);
  assert.equal(download.suggestedFilename(), `executor-step-${run.cursor}.svg`);
  const text = await readFile(await download.path(), "utf8");
  const found = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const all = [...parsed.querySelectorAll("*")];
    return {
      errors: all.filter((it) => /error/.test(it.nodeName)).map((it) => it.textContent),
      root: parsed.documentElement.namespaceURI,
      title: parsed.querySelector("title")?.textContent,
      shapes: all.length,
      words: parsed.documentElement.textContent,
      outside: all.flatMap((it) => [...it.attributes]).map((it) => `${it.name}=${it.value}`).filter((it) => /url\((?!#)|var\(|href|class|style/.test(it)),
    };
  }, text);
  assert.deepEqual(found.errors, []);
  assert.equal(found.root, "http://www.w3.org/2000/svg");
  assert.ok(run.sentence.includes(found.title), found.title);
  assert.match(found.words, /phone/);
  assert.ok(found.shapes > 20, `${found.shapes} shapes`);
  assert.deepEqual(found.outside, [], "no colour and no shape comes from elsewhere");
  const bare = await visit.newPage();
  await bare.setContent(`<img src="data:image/svg+xml,${encodeURIComponent(text)}">`);
  const width = await bare.evaluate(() => document.images[0].decode().then(() => document.images[0].naturalWidth));
  assert.ok(width > 300, `drawn ${width} px wide`);
});

journey("a notice that is dismissed gives the focus back, inside another page too", {}, async (visit) => {
  const { page } = visit;
  await visit.open(`${PAGE}?embed=1#1hello`);
  await page.getByRole("button", { name: "Dismiss" }).focus();
  await visit.press("Enter");
  await page.getByRole("alert").waitFor({ state: "detached" });
  await visit.press("ArrowRight");
  assert.equal(await stage.cursor(page), 1, "the demo has the keys");
});
