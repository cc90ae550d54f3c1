// A static host as simple as they come: files, folders with an index.html, and at most a 404.html.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves `folder` below the path `base` on a free port.
 * With `notFoundPage`, an address without a file gets 404.html, as on Pages; without, a bare line,
 * as from `python3 -m http.server`.
 */
export async function serve(folder, { base = "/", notFoundPage = true, port = 0 } = {}) {
  /** Whoever holds it may put another folder in place: a new build is deployed. */
  const site = { folder, requests: [] };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const answer = (status, type, body, headers = {}) => {
      site.requests.push({ path: url.pathname, status });
      response.writeHead(status, { "content-type": type, ...headers });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    const missing = async () => {
      const page = notFoundPage && url.pathname.startsWith(base);
      const body = page ? await readFile(join(site.folder, "404.html")) : "404: no such file";
      answer(404, page ? TYPES[".html"] : TYPES[".txt"], body);
    };

    if (!url.pathname.startsWith(base)) return missing();
    let file = normalize(join(site.folder, decodeURIComponent(url.pathname.slice(base.length))));
    if (!`${file}${sep}`.startsWith(join(site.folder, sep))) return missing();
    let found = await stat(file).catch(() => null);
    if (found?.isDirectory()) {
      if (!url.pathname.endsWith("/")) {
        return answer(301, TYPES[".txt"], "", { location: `${url.pathname}/${url.search}` });
      }
      file = join(file, "index.html");
      found = await stat(file).catch(() => null);
    } else if (url.pathname.endsWith("/")) {
      found = null;
    }
    if (!found) return missing();
    answer(200, TYPES[extname(file)] ?? "application/octet-stream", await readFile(file));
  });

  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://localhost:${server.address().port}`;
  return Object.assign(site, {
    origin,
    /** The address of a path below the base. */
    url: (path = "") => `${origin}${base}${path}`,
    /** Goes away, also for those who still hold a connection. */
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
}
