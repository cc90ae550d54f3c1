// The offline copy. It keeps every file of one build, each checked against its hash, answers from
// that copy, and requests nothing of its own accord beyond it. A page gets all its files from the
// build that it came from: the next build is kept beside this one and takes over only when a page
// says so ("activate"), and this one's files stay at hand for the pages that are still open.

// Filled in by the build: its id, and each address below the root with the hash of what is there.
const [BUILD, FILES] = ["", {}];

const ROOT = new URL(registration.scope).pathname;
const OURS = `oxidoscope ${ROOT} `;
const CACHE = OURS + BUILD;

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
addEventListener("message", (event) => {
  if (event.data === "activate") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(registration.scope)) return;
  const address = url.pathname.slice(ROOT.length);
  if (Object.hasOwn(FILES, address)) {
    event.respondWith(kept(CACHE, address).then((answer) => answer ?? fetch(request)));
  } else if (request.mode !== "navigate") {
    event.respondWith(keptBefore(address).then((answer) => answer ?? fetch(request)));
  } else if (Object.hasOwn(FILES, `${address}/`)) {
    event.respondWith(Response.redirect(`${ROOT}${address}/${url.search}`));
  } else {
    event.respondWith(fetch(request).catch(notFound));
  }
});

/** Fetches the whole build. If one file is missing or not as it should be, none of it is kept. */
async function keepAll() {
  try {
    const cache = await caches.open(CACHE);
    await Promise.all(Object.entries(FILES).map(([address, hash]) => keep(cache, address, hash)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, address, integrity) {
  const url = ROOT + address;
  let answer = await fetch(url, { integrity, cache: "no-cache" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  // A page that a host has redirected is no answer to a navigation; what it says is.
  if (answer.redirected) answer = new Response(await answer.blob(), { headers: answer.headers });
  await cache.put(url, answer);
}

/** Forgets all builds but this one and the one before. */
async function forgetOlder() {
  const builds = await earlierBuilds();
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
}

/** The caches of earlier builds at this address, the oldest first. */
async function earlierBuilds() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(OURS) && name !== CACHE);
}

async function kept(name, address) {
  const cache = await caches.open(name);
  return cache.match(ROOT + address);
}

/** A file that only an earlier build has, asked for by a page of that build. */
async function keptBefore(address) {
  for (const name of await earlierBuilds()) {
    const answer = await kept(name, address);
    if (answer) return answer;
  }
}

async function notFound() {
  const page = await kept(CACHE, "404.html");
  if (!page) return Response.error();
  return new Response(await page.blob(), { status: 404, headers: page.headers });
}
