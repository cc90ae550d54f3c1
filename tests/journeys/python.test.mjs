// The build on the host that everybody has at hand, which knows nothing of the page.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { BASES, journey, PAGES } from "./harness.mjs";
import * as stage from "./stage.mjs";

/** `python3 -m http.server` with `folder` at `base`, on a port that it chooses. */
async function python(folder, { base }) {
  const root = mkdtempSync(join(tmpdir(), "host-"));
  const below = join(root, base);
  mkdirSync(dirname(below), { recursive: true });
  if (base === "/") rmSync(below, { recursive: true });
  symlinkSync(folder, below.replace(/\/$/, ""));
  const options = ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", root];
  const host = spawn("python3", options, { stdio: ["ignore", "pipe", "ignore"] });
  const [said] = await new Promise((resolve, reject) => {
    host.stdout.once("data", (data) => resolve([String(data)]));
    host.once("exit", (code) => reject(new Error(`python3 ended: ${code}`)));
  });
  const origin = `http://localhost:${said.match(/port (\d+)/)[1]}`;
  return {
    origin,
    requests: [],
    url: (path = "") => `${origin}${base}${path}`,
    close: () => {
      host.kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const isThere = spawnSync("python3", ["--version"]).status === 0;
if (!isThere) test("python3 is not installed: its host is not tried", { skip: true }, () => {});

for (const base of isThere ? BASES : []) {
  journey(`python3 -m http.server serves every page at ${base}`, { base, host: python }, async (visit) => {
    const { page } = visit;
    for (const path of PAGES) {
      const answer = await visit.open(path);
      assert.equal(answer.status(), 200);
      assert.equal(await page.evaluate(() => document.baseURI), visit.site.url());
    }
    await visit.open("executor?present=1");
    await visit.press("ArrowRight", "ArrowRight");
    await stage.link(page);
    await page.reload();
    await page.getByRole("main").waitFor();
    assert.equal(await stage.cursor(page), 2);
  });
}
