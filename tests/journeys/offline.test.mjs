// The offline copy: the second visit needs no network, and no page ever mixes two builds.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { BASES, DIST, journey, PAGES } from "./harness.mjs";

/** The script of the offline copy knows the build's id and every file with its hash. */
const SCRIPT = readFileSync(join(DIST, "sw.js"), "utf8");
const [, BUILD] = SCRIPT.match(/const \[BUILD, FILES\] = \["([0-9a-f]{12})", \{/);

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** The next build: the same page under another id, and so its worker elsewhere; and one more file. */
function nextBuild() {
  const folder = mkdtempSync(join(tmpdir(), "build-"));
  folders.push(folder);
  cpSync(DIST, folder, { recursive: true });
  const id = BUILD.split("").reverse().join("");
  let script = SCRIPT.replaceAll(BUILD, id);
  for (const path of PAGES) {
    const file = join(folder, path, "index.html");
    const before = readFileSync(file, "utf8");
    const page = before.replaceAll(BUILD, id);
    writeFileSync(file, page);
    script = script.replaceAll(hash(before), hash(page));
  }
  for (const later of ["worker", "sources"]) {
    renameSync(join(folder, later, BUILD), join(folder, later, id));
  }
  writeFileSync(join(folder, "only-new.txt"), "new");
  script = script.replace("}];", `  "only-new.txt": "${hash("new")}",\n}];`);
  writeFileSync(join(folder, "sw.js"), script);
  return { folder, id };
}

function hash(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** The build that a page is of. */
function buildOf(page) {
  return page.evaluate(() => document.querySelector("meta[name=build]").content);
}

for (const base of BASES) {
  const options = { base, expected: [/404/, /favicon\.ico/] };
  journey(`every page at ${base} opens without a network on the second visit`, options, async (visit) => {
    await visit.open();
    await visit.untilKept();
    await visit.site.close();
    for (const path of PAGES) {
      const answer = await visit.open(path);
      assert.equal(answer.status(), 200);
      assert.ok(answer.fromServiceWorker());
      if (path !== "") {
        await visit.open(path.replace(/\/$/, "?present=1"));
        assert.equal(visit.page.url(), visit.site.url(`${path}?present=1`));
      }
    }
    const missing = await visit.page.goto(visit.site.url("no-such-page"));
    assert.equal(missing.status(), 404);
    await visit.page.getByRole("heading", { name: "There is no page at this address" }).waitFor();
  });
}

journey("every file of the build is kept, and nothing else", {}, async (visit) => {
  await visit.open();
  await visit.untilKept();
  const kept = await visit.page.evaluate(async () => {
    const [name] = await caches.keys();
    const requests = await (await caches.open(name)).keys();
    return requests.map(({ url }) => new URL(url).pathname.slice(1)).sort();
  });
  const list = SCRIPT.slice(SCRIPT.indexOf("[BUILD, FILES]"), SCRIPT.indexOf("}];"));
  const listed = [...list.matchAll(/^ {2}"([^"]*)": /gm)].map(([, path]) => path).sort();
  assert.ok(listed.includes("") && listed.some((path) => path.endsWith(".wasm")));
  assert.deepEqual(kept, listed);
});

journey("a new build is offered, and taken only when the person says so", {}, async (visit) => {
  await visit.open();
  await visit.untilKept();
  const next = nextBuild();
  visit.site.folder = next.folder;

  // The old build is what is shown, again and again, while the new one is being kept beside it.
  await visit.open();
  assert.equal(await buildOf(visit.page), BUILD);
  const offer = visit.page.getByRole("button", { name: "Reload" });
  await offer.waitFor();
  await visit.axe();
  const other = await visit.newPage();
  await visit.open("", other);
  assert.equal(await buildOf(other), BUILD);

  await Promise.all([visit.page.waitForEvent("load"), offer.click()]);
  await visit.page.getByRole("main").waitFor();
  assert.equal(await buildOf(visit.page), next.id);
  assert.equal(await visit.page.getByRole("button", { name: "Reload" }).count(), 0);

  // The other page goes on with the files of its own build, though the host has them no more.
  assert.equal(await buildOf(other), BUILD);
  const worker = `worker/${BUILD}/worker.js`;
  const ask = (path) => fetch(path).then((answer) => answer.text());
  assert.equal(await other.evaluate(ask, worker), readFileSync(join(DIST, worker), "utf8"));
  await visit.site.close();
  await visit.open();
  assert.equal(await buildOf(visit.page), next.id);
});

journey("who says Later to a new build goes on, and is asked again at the next visit", {}, async (visit) => {
  await visit.open("executor/");
  await visit.untilKept();
  visit.site.folder = nextBuild().folder;
  await visit.open("executor/");
  const later = visit.page.getByRole("button", { name: "Later" });
  await later.focus();
  await visit.page.keyboard.press("Enter");
  await later.waitFor({ state: "detached" });

  // The keys act on the stage at once: nobody has to look for the focus.
  const slider = visit.page.getByRole("slider", { name: "Timeline" });
  assert.equal(await slider.inputValue(), "0");
  await visit.page.keyboard.press("ArrowRight");
  assert.equal(await slider.inputValue(), "1");
  assert.equal(await buildOf(visit.page), BUILD);
  await visit.open("executor/");
  await later.waitFor();
});

journey("a build that arrives damaged is not kept", { expected: [/integrity|digest/i] }, async (visit) => {
  await visit.open();
  await visit.untilKept();
  const next = nextBuild();
  writeFileSync(join(next.folder, "only-new.txt"), "torn");
  visit.site.folder = next.folder;
  await visit.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
    const worker = registration.installing;
    while (worker && worker.state !== "redundant") {
      await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    }
  });
  assert.equal(await visit.page.evaluate(async () => (await caches.keys()).length), 1);
  await visit.open();
  assert.equal(await buildOf(visit.page), BUILD);
});

journey("without a place to keep it, the page works all the same", {}, async (visit) => {
  await visit.context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "caches"]) {
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException("refused", "SecurityError");
        },
      });
    }
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error("refused"));
  });
  for (const path of PAGES) await visit.open(path);
});
