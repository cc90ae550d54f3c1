// What every journey stands on: a site, a browser, a page that is watched, and what is left of it
// when it fails. A journey fails by itself when anything on the page goes wrong: an error on the
// console, a failed request, a request to another origin.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { serve } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(join(ROOT, "target/tools/npm/journeys/"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** The release build. */
export const DIST = join(ROOT, "dist");

/** The path of each page below the base: the home page's, and every demo's. */
export const PAGES = [
  "",
  ...readdirSync(DIST)
    .filter((name) => existsSync(join(DIST, name, "index.html")))
    .map((name) => `${name}/`)
    .sort(),
];

/** The places where a build is tested: which of them must not matter. */
export const BASES = ["/", "/a/b/"];

let browser;
after(() => browser?.close());

/** The one browser of a file of journeys; without CHROME in the environment, an installed Chrome. */
async function theBrowser() {
  const which = process.env.CHROME ? { executablePath: process.env.CHROME } : { channel: "chrome" };
  browser ??= await chromium.launch(which);
  return browser;
}

/**
 * A test that visits the site: `body` is given a `Visit`. Options:
 *   base       the path that the site is served at
 *   site       options of the server
 *   host       another server than ours: called like `serve`
 *   context    options of the browser's context: viewport, colorScheme, javaScriptEnabled, ...
 *   trace      false for a journey that measures
 *   expected   troubles that belong to the journey: a list of regular expressions
 */
export function journey(name, options, body) {
  const { base = "/", site: how = {}, host = serve, context: settings = {} } = options;
  const { trace = true, expected = [] } = options;
  test(name, async () => {
    const site = await host(DIST, { base, ...how });
    const context = await (await theBrowser()).newContext({ reducedMotion: "reduce", ...settings });
    // What each action did is filmed; the page at the end is kept besides. Keeping the whole page at
    // each action would take four times as long.
    if (trace) await context.tracing.start({ screenshots: true, sources: true });
    const visit = new Visit(site, context);
    try {
      visit.page = await visit.newPage();
      await body(visit);
      const troubles = visit.troubles.filter((text) => !expected.some((it) => it.test(text)));
      assert.deepEqual(troubles, [], "nothing goes wrong on the page");
    } catch (error) {
      await leaveTraces(name, visit, trace, error);
      throw error;
    } finally {
      await context.close();
      await site.close();
    }
  });
}

/** One person on the site. */
class Visit {
  constructor(site, context) {
    this.site = site;
    this.context = context;
    /** What went wrong so far, a line each. */
    this.troubles = [];
  }

  /** Another page of the same person. */
  async newPage() {
    const page = await this.context.newPage();
    const trouble = (text) => this.troubles.push(text);
    page.on("console", (message) => {
      if (message.type() === "error") {
        trouble(`console: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => trouble(`uncaught: ${error.message}`));
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      // A browser fetches the icon when it likes, and the module's other parts and the sources come
      // when the page stands; all are given up when a page is left meanwhile. What is not there would
      // be an answer of 404.
      const waits = /\/(icon-[0-9a-f]+\.svg|part-[a-z]+-[0-9a-f]+\.wasm|sources\/[0-9a-f]+\/[a-z]+\.txt)$/;
      const left = why === "net::ERR_ABORTED" && waits.test(request.url());
      if (!left) trouble(`request failed: ${request.url()} (${why})`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) trouble(`${response.status()}: ${response.url()}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== this.site.origin) {
        trouble(`another origin: ${url.href}`);
      }
    });
    return page;
  }

  /** Opens a path below the base and waits until the app stands; gives the answer of the host. */
  async open(path = "", page = this.page) {
    const answer = await page.goto(this.site.url(path));
    await page.getByRole("main").waitFor();
    return answer;
  }

  /** Waits until the offline copy is complete and in force. */
  async untilKept(page = this.page) {
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      while (active.state !== "activated") {
        await new Promise((resolve) => active.addEventListener("statechange", resolve, { once: true }));
      }
    });
  }

  /** Asserts that axe finds nothing. */
  async axe(page = this.page) {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")} (${node.failureSummary})`),
    );
    assert.deepEqual(found, [], "axe finds nothing");
  }

  /** Presses keys, one after the other. */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Goes by Tab alone to what has this role and name, as a person without a mouse must. */
  async tabTo(role, name, { page = this.page, most = 200 } = {}) {
    const wanted = page.getByRole(role, { name, exact: true });
    for (let count = 0; count < most; count += 1) {
      await page.keyboard.press("Tab");
      if (await wanted.evaluateAll((all) => all.includes(document.activeElement))) return wanted;
    }
    assert.fail(`Tab, pressed ${most} times, did not reach the ${role} "${name}"`);
  }

  /** The paths that the site is asked for while `doing` runs, and `quiet` milliseconds after it. */
  async requestsDuring(doing, quiet = 500) {
    const before = this.site.requests.length;
    await doing();
    await this.page.waitForTimeout(quiet);
    return this.site.requests.slice(before).map(({ path }) => path);
  }
}

/** A picture, the page, a trace and the link of a failed journey. */
async function leaveTraces(name, visit, trace, error) {
  const journeys = basename(process.argv[1] ?? "journeys").replace(".test.mjs", "");
  const folder = join(ROOT, "target/journeys", journeys, name.replace(/[^A-Za-z0-9]+/g, "-"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const link = visit.page?.url() ?? "no page was opened";
  const troubles = visit.troubles.map((text) => `${text}\n`).join("");
  writeFileSync(join(folder, "link.txt"), `${link}\n\n${error.stack}\n\n${troubles}`);
  await visit.page?.screenshot({ path: join(folder, "page.png") }).catch(() => {});
  const page = await visit.page?.content().catch(() => undefined);
  if (page) writeFileSync(join(folder, "page.html"), page);
  if (trace) await visit.context.tracing.stop({ path: join(folder, "trace.zip") }).catch(() => {});
  const again = link.replace(visit.site.url(), "http://127.0.0.1:8080/");
  console.error(`journey failed: ${name}\n  at ${again} (under ./x serve)\n  left in ${folder}`);
}
