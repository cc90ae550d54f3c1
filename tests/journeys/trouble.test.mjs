// What goes wrong outside of the program, or in it, is told in a sentence, whatever it is.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { DIST, journey } from "./harness.mjs";
import * as stage from "./stage.mjs";

const MISSING = "A file of this page did not arrive whole.";
const REFUSED = "This browser does not run WebAssembly here";
const LOADING = "The page is loading.";

const file = (pattern) => readdirSync(DIST).find((name) => pattern.test(name));
const MODULE = file(/_bg\.wasm$/);
const PROGRAM = file(/^oxidoscope-.*\.js$/);
const LOADER = file(/^loading-.*\.js$/);
const STYLE = file(/^oxidoscope-.*\.css$/);

// Scripts that are fetched ahead are then refused.
const script = { context: { javaScriptEnabled: false }, expected: [/\.js \(csp\)/] };
journey("without JavaScript a sentence says what is missing", script, async (visit) => {
  for (const path of ["", "executor/"]) {
    await visit.page.goto(visit.site.url(path));
    const sentence = visit.page.locator("noscript p");
    assert.ok(await sentence.isVisible());
    assert.match(await sentence.innerText(), /needs JavaScript, which is switched off here/);
    assert.equal(await visit.page.getByText(LOADING).isVisible(), false, "and nothing seems to come");
  }
});

/** Opens the executor's page, and gives what it then says. */
async function opened(visit) {
  await visit.page.goto(visit.site.url("executor/"));
  const alert = visit.page.getByRole("alert");
  await alert.waitFor();
  assert.equal(await visit.page.getByText(LOADING).isVisible(), false);
  assert.equal(await visit.page.locator(".app").count(), 0);
  await visit.axe();
  return alert.innerText();
}

const anything = { expected: [/./], context: { serviceWorkers: "block" } };

journey("a browser without WebAssembly is told so", anything, async (visit) => {
  await visit.page.addInitScript(() => delete globalThis.WebAssembly);
  assert.match(await opened(visit), new RegExp(REFUSED));
});

journey("a browser that may not run WebAssembly is told so", anything, async (visit) => {
  // As the host of a locked-down network may say: scripts, but nothing that is compiled here.
  const headers = { "content-security-policy": "script-src 'self' 'unsafe-inline'" };
  await visit.context.route("**/executor/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
  });
  assert.match(await opened(visit), new RegExp(REFUSED));
});

for (const [what, name] of [
  ["the module", MODULE],
  ["the program's script", PROGRAM],
  ["the loader's script", LOADER],
]) {
  const whole = readFileSync(join(DIST, name));
  const contentType = name.endsWith(".js") ? "text/javascript" : "application/wasm";
  const torn = { contentType, body: whole.subarray(0, whole.length / 2) };
  for (const [how, answer] of [
    ["does not arrive", (route) => route.abort()],
    ["is not found", (route) => route.fulfill({ status: 404, body: "no" })],
    ["arrives torn", (route) => route.fulfill(torn)],
  ]) {
    journey(`${what} that ${how} is a sentence`, anything, async (visit) => {
      await visit.context.route(`**/${name}`, answer);
      assert.match(await opened(visit), new RegExp(MISSING));
    });
  }
}

journey("a style sheet that does not arrive is a sentence above the page, which works", anything, async (visit) => {
  await visit.context.route(`**/${STYLE}`, (route) => route.abort());
  await visit.open("executor/");
  await visit.page.getByRole("alert").getByText(MISSING).waitFor();
  await stage.button(visit.page, "Step").click();
  assert.equal(await stage.cursor(visit.page), 1);
});

journey("sources that do not arrive are a sentence in their place", anything, async (visit) => {
  await visit.context.route("**/sources/**", (route) => route.abort());
  await visit.open("executor/");
  const said = stage.region(visit.page, "Source").getByText("The sources did not arrive");
  await said.filter({ visible: true }).first().waitFor();
  await stage.button(visit.page, "Step").click();
  assert.equal(await stage.cursor(visit.page), 1);
});

const fault = { expected: [/unreachable|panicked|planted/] };
journey("a panic shows its message, the way back to the step before, and a reload", fault, async (visit) => {
  const { page } = visit;
  await visit.open("executor/");
  await stage.choose(page, "Ping-pong");
  await visit.press("ArrowRight", "End");
  const [state, cursor] = [await stage.state(page), await stage.cursor(page)];
  await stage.link(page);
  // The program counts on a browser that makes an element when it is asked for one, as for the row of
  // a new step. This one does not, once.
  await page.evaluate(() => {
    const make = document.createElement;
    document.createElement = () => {
      document.createElement = make;
      throw new Error("planted");
    };
  });
  await visit.press("ArrowRight");
  const overlay = page.getByRole("alertdialog", { name: "The program has failed" });
  await overlay.waitFor();
  const message = await overlay.locator("pre").innerText();
  assert.match(message, /panicked at .*src.dom\.rs:\d+:\d+/);
  assert.match(message, /planted/);
  await visit.axe();

  const other = await visit.newPage();
  await visit.open("", other);
  await other.goto(await overlay.getByRole("link").getAttribute("href"));
  await other.getByRole("main").waitFor();
  assert.deepEqual([await stage.state(other), await stage.cursor(other)], [state, cursor]);

  const reload = overlay.getByRole("button", { name: "Reload" });
  assert.ok(await reload.evaluate((it) => it === document.activeElement), "the way on has the focus");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await page.getByRole("main").waitFor();
  assert.equal(await overlay.count(), 0);
  assert.deepEqual([await stage.state(page), await stage.cursor(page)], [state, cursor]);
});

journey("without a place to remember anything, everything else works", {}, async (visit) => {
  const { page } = visit;
  await visit.context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException("refused", "SecurityError");
        },
      });
    }
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error("refused"));
  });
  await visit.open("executor/");
  await page.getByRole("button", { name: /^Theme/ }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  await stage.button(page, "Edit").click();
  await page.getByRole("textbox", { name: "Program" }).fill('task a { print "here" }');
  await stage.button(page, "Run this program").click();
  await stage.letGo(page);
  await visit.press("End");
  await page.getByText("Every task is finished.").first().waitFor();
});
