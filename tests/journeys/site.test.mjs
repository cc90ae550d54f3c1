// What holds for every page of the site, wherever it is hosted.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { BASES, DIST, journey, PAGES } from "./harness.mjs";
import * as stage from "./stage.mjs";

for (const base of BASES) {
  for (const path of PAGES) {
    journey(`${base}${path} is a real page`, { base }, async (visit) => {
      const answer = await visit.open(path);
      assert.equal(answer.status(), 200);
      assert.equal(await visit.page.evaluate(() => document.baseURI), visit.site.url());
      assert.equal(await visit.page.getByRole("heading", { level: 1 }).count(), 1);
    });

    const bare = { base, site: { notFoundPage: false } };
    journey(`${base}${path} needs no 404.html, no slash, and keeps its query`, bare, async (visit) => {
      const answer = await visit.open(`${path.replace(/\/$/, "")}?embed=1`);
      assert.equal(answer.status(), 200);
      assert.equal(visit.page.url(), visit.site.url(`${path}?embed=1`));
    });
  }

  for (const path of ["no-such-page", "no/such/page/"]) {
    const options = { base, expected: [/404/] };
    journey(`${base}${path} is a page that says so and leads home`, options, async (visit) => {
      const answer = await visit.page.goto(visit.site.url(path));
      assert.equal(answer.status(), 404);
      await visit.page.getByRole("heading", { name: "There is no page at this address" }).waitFor();
      await visit.page.waitForLoadState("networkidle");
      await visit.axe();
      await visit.page.getByRole("link", { name: "home page" }).click();
      await visit.page.waitForURL(visit.site.url());
    });
  }
}

for (const colorScheme of ["light", "dark"]) {
  for (const path of PAGES) {
    journey(`axe finds nothing on /${path}, ${colorScheme}`, { context: { colorScheme } }, async (visit) => {
      await visit.open(path);
      await visit.axe();
    });
  }
}

journey("home leads to every demo, and the browser's own buttons back and forth", {}, async (visit) => {
  const { page } = visit;
  for (const path of PAGES.slice(1)) {
    await visit.open();
    const links = await page.getByRole("main").getByRole("link").all();
    const targets = await Promise.all(links.map((link) => link.getAttribute("href")));
    const at = targets.indexOf(path);
    assert.notEqual(at, -1, `${path} among ${targets}`);
    await links[at].click();
    await page.waitForURL(visit.site.url(path));
    const title = await page.title();
    assert.equal(title.split(" · ")[0], await page.getByRole("heading", { level: 1 }).innerText());
    await page.goBack();
    await page.waitForURL(visit.site.url());
    assert.notEqual(await page.title(), title);
    await page.goForward();
    await page.waitForURL(visit.site.url(path));
    assert.equal(await page.title(), title);
    await page.getByRole("link", { name: "Oxidoscope" }).click();
    await page.waitForURL(visit.site.url());
  }
});

for (const path of PAGES) {
  for (const mode of path === "" ? [""] : ["", "?present=1"]) {
    journey(`Tab reaches everything that can be operated on /${path}${mode}`, {}, async (visit) => {
      const { page } = visit;
      await visit.open(`${path}${mode}`);
      // Where there is an editor, it is open.
      for (const edit of await stage.button(page, "Edit").all()) if (await edit.isVisible()) await edit.click();
      await stage.letGo(page);
      const count = await page.evaluate(() => {
        const kinds = "a[href], button, input, select, textarea, summary, [role=log], [tabindex='0']";
        const all = [...document.querySelectorAll(kinds)].filter((it) => it.checkVisibility() && !it.disabled);
        // One radio button of a group stands for all; what is in a closed menu comes with the menu.
        const wanted = all
          .filter((it) => it.type !== "radio" || it.checked)
          .filter((it) => !it.closest("details:not([open]) > div"));
        globalThis.missed = new Set(wanted);
        globalThis.unseen = [];
        document.addEventListener("focusin", ({ target }) => {
          globalThis.missed.delete(target);
          const around = [target, target.parentElement, target.parentElement.parentElement];
          const ring = around.some((it) => getComputedStyle(it).outlineStyle !== "none");
          if (!ring) globalThis.unseen.push(target.outerHTML);
        });
        return wanted.length;
      });
      assert.ok(count > 0);
      for (let pressed = 0; pressed < count + 20; pressed += 1) await page.keyboard.press("Tab");
      const [missed, unseen] = await page.evaluate(() => [
        [...globalThis.missed].map((it) => it.outerHTML),
        globalThis.unseen,
      ]);
      assert.deepEqual(missed, [], "nothing is out of reach");
      assert.deepEqual(unseen, [], "where the focus is can be seen");
    });
  }
}

for (const path of PAGES) {
  if (path === "") continue;
  journey(`every scene of /${path} opens, goes to its end and back`, {}, async (visit) => {
    const { page } = visit;
    await visit.open(path);
    // An instrument has none.
    const titles = await stage.scenes(page);
    for (const title of titles) {
      await stage.choose(page, title);
      const start = await stage.state(page);
      const at = await stage.cursor(page);
      await visit.press("End");
      const step = await stage.button(page, "Step").elementHandle();
      await page.waitForFunction((step) => step.ariaDisabled === "true", step);
      assert.ok((await stage.cursor(page)) > at, title);
      assert.notEqual(await stage.state(page), start, title);
      await visit.press("Home");
      assert.equal(await stage.cursor(page), 0, title);
      if (at === 0) assert.equal(await stage.state(page), start, title);
    }
  });
}

for (const path of PAGES) {
  const policy = { expected: [/Content Security Policy/] };
  journey(`/${path} runs no code but the build's own`, policy, async (visit) => {
    assert.doesNotMatch(readFileSync(join(DIST, path, "index.html"), "utf8"), /unsafe-inline|'unsafe-eval'/);
    await visit.open(path);
    assert.deepEqual(visit.troubles, [], "the page itself keeps to its policy");
    const ran = await visit.page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "globalThis.injected = true";
      document.head.append(script);
      const button = document.createElement("button");
      button.setAttribute("onclick", "globalThis.clicked = true");
      button.click();
      // Later, because what a test evaluates is itself let through.
      const evaluated = await new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(globalThis.eval("true"));
          } catch {
            resolve(undefined);
          }
        });
      });
      return [globalThis.injected, globalThis.clicked, evaluated];
    });
    assert.deepEqual(ran, [undefined, undefined, undefined]);
    assert.notEqual(visit.troubles.length, 0, "and the browser says what it has refused");
  });

  journey(`/${path} asks for nothing once it stands`, {}, async (visit) => {
    await visit.open(path);
    await visit.untilKept();
    const requests = await visit.requestsDuring(() => visit.page.mouse.move(200, 200), 1500);
    // When it wants the icon is the browser's own affair.
    assert.deepEqual(requests.filter((request) => !request.includes("/icon-")), []);
  });
}

journey("every script, module and style sheet is bound to its hash", {}, async (visit) => {
  await visit.open();
  const kinds = ["link[rel=stylesheet]", "link[rel=modulepreload]", "link[rel=preload]", "script[src]"];
  const hashes = await visit.page.evaluate(
    (selector) => [...document.querySelectorAll(selector)].map((element) => element.integrity),
    kinds.join(", "),
  );
  assert.ok(hashes.length >= 3, `${hashes.length} files`);
  for (const hash of hashes) assert.match(hash, /^sha384-/);
});

journey("while the page loads, its bar says how much of it has come", {}, async (visit) => {
  await visit.page.addInitScript(() => {
    const { set, ...others } = Object.getOwnPropertyDescriptor(HTMLProgressElement.prototype, "value");
    globalThis.shares = [];
    Object.defineProperty(HTMLProgressElement.prototype, "value", {
      ...others,
      set(share) {
        globalThis.shares.push(share);
        set.call(this, share);
      },
    });
  });
  await visit.open();
  const shares = await visit.page.evaluate(() => globalThis.shares);
  assert.equal(shares.at(-1), 1, "all of it");
  assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
});
