// The parts of the module that come after the first. The build puts this into the module's script:
// PARTS is a list of the name, the file and the hash of each, and `wasm` what the first part exports.

const laterParts = PARTS.map(([name, file, hash]) => ({ name, hash, file: new URL(file, import.meta.url) }));
/** What the first part calls for a part of which a function is called before it has come. */
const partLoads = Object.fromEntries(laterParts.map((part, index) => [`load${index}`, () => getPart(part)]));
/** The sentence for what does not arrive, and where it stands before the program comes. */
const missingLine = document.getElementById("missing");
const loadingPlace = document.getElementById("loading");
/** Whether the sentence is about a part. */
let partIsLate = false;
/** Why a part could not be had when it was needed. */
let partFailure;

// Whether the module is in parts, and whether all of them are there, stands at the page's root.
document.documentElement.dataset.parts = "";

// The page's own part is there when the page starts. Where an offline copy answers, all are.
await partsAtHand();

async function partsAtHand() {
  const own = document.getElementById("own-part")?.href;
  const isOwn = (part) => part.file.href === own;
  const isKept = Boolean(navigator.serviceWorker?.controller);
  const wait = (part) => compilePart(part).then((module) => (part.module = module));
  const needed = laterParts.filter(isOwn).map(wait);
  const kept = isKept ? laterParts.filter((part) => !isOwn(part)).map(wait) : [];
  await Promise.allSettled(needed);
  await Promise.race([Promise.allSettled(kept), new Promise((enough) => setTimeout(enough, 1000))]);
}

async function compilePart({ file, hash }) {
  const answer = await fetch(file, { integrity: hash });
  return WebAssembly.compile(await answer.arrayBuffer());
}

/** What a part uses: the script, and the first part. Its functions then fill the slots of their stubs. */
function partImports() {
  return { ...__wbg_get_imports(), first: wasm };
}

/** Sees to it that the parts come, now that the first one is there. */
function bringParts() {
  for (const part of laterParts) bringPart(part);
}

function bringPart(part) {
  try {
    if (part.module) return partCame(part, new WebAssembly.Instance(part.module, partImports()));
  } catch {
    // Older browsers want it done bit by bit.
  }
  compilePart(part)
    .then((module) => WebAssembly.instantiate(module, partImports()))
    .then(() => partCame(part))
    .catch(() => partIsMissing(part));
}

/**
 * Gets a part at once, because one of its functions is called: whoever calls it cannot wait, and
 * cannot go on without it. Such a request is not checked against the hash, and goes past an offline
 * copy in most browsers.
 */
function getPart(part) {
  try {
    if (partFailure) throw partFailure;
    const request = new XMLHttpRequest();
    request.open("GET", part.file, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    const bytes = Uint8Array.from(request.responseText, (byte) => byte.charCodeAt());
    partCame(part, new WebAssembly.Instance(new WebAssembly.Module(bytes), partImports()));
  } catch (error) {
    partFailure = error;
    loadingPlace.append(missingLine);
    document.body.replaceChildren(loadingPlace);
    loadingFailed("missing");
    throw error;
  }
}

const isThere = (part) => wasm[`L${laterParts.indexOf(part)}`].value === 1;

function partCame(part) {
  wasm[`L${laterParts.indexOf(part)}`].value = 1;
  if (!laterParts.every(isThere)) return;
  if (partIsLate) missingLine.hidden = true;
  // Who draws what belongs to other pages waits for this.
  document.documentElement.dataset.whole = "";
  // Not at once: it may have come in the middle of a call.
  queueMicrotask(() => document.dispatchEvent(new Event("whole")));
}

/** Nothing has asked for it yet, and the page does much without it. */
function partIsMissing(part) {
  if (isThere(part) || !missingLine.hidden) return;
  partIsLate = true;
  missingLine.hidden = false;
  document.body.prepend(missingLine);
}
