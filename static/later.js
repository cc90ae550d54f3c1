// The part of the module that a start does not call. The build puts this into the module's script:
// LATER is that part's file and hash, and `wasm` what the first part exports.

const laterFile = new URL("LATER_FILE", import.meta.url);
/** The sentence for what does not arrive, and where it stands before the program comes. */
const missingLine = document.getElementById("missing");
const loadingPlace = document.getElementById("loading");
/** Whether the sentence is about this part. */
let laterIsLate = false;
/** Why it could not be had when it was needed. */
let laterFailure;

const laterFromCopy = await laterAtHand();

/** Where an offline copy answers, both parts are there, and the page starts with both. */
async function laterAtHand() {
  try {
    if (navigator.serviceWorker.controller) {
      return await Promise.race([compileLater(), new Promise((enough) => setTimeout(enough, 1000))]);
    }
  } catch {
    // As on a first visit, then.
  }
}

async function compileLater() {
  const answer = await fetch(laterFile, { integrity: "LATER_HASH" });
  return WebAssembly.compile(await answer.arrayBuffer());
}

/** What it uses: the script, and the first part. Its functions then fill the slots of their stubs. */
function laterImports() {
  return { ...__wbg_get_imports(), first: wasm };
}

/** Sees to it that it comes, now that the first part is there. */
function bringLater() {
  try {
    if (laterFromCopy) return laterCame(new WebAssembly.Instance(laterFromCopy, laterImports()));
  } catch {
    // Older browsers want it done bit by bit.
  }
  compileLater()
    .then((module) => WebAssembly.instantiate(module, laterImports()))
    .then(laterCame, laterIsMissing);
}

/**
 * Gets it at once, because one of its functions is called: whoever calls it cannot wait, and cannot
 * go on without it. Such a request is not checked against the hash, and goes past an offline copy in
 * most browsers.
 */
function getLater() {
  try {
    if (laterFailure) throw laterFailure;
    const request = new XMLHttpRequest();
    request.open("GET", laterFile, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    const bytes = Uint8Array.from(request.responseText, (byte) => byte.charCodeAt());
    laterCame(new WebAssembly.Instance(new WebAssembly.Module(bytes), laterImports()));
  } catch (error) {
    laterFailure = error;
    loadingPlace.append(missingLine);
    document.body.replaceChildren(loadingPlace);
    loadingFailed("missing");
    throw error;
  }
}

function laterCame() {
  wasm.L.value = 1;
  if (laterIsLate) missingLine.hidden = true;
}

/** Nothing has asked for it yet, and the page does much without it. */
function laterIsMissing() {
  if (wasm.L.value || !missingLine.hidden) return;
  laterIsLate = true;
  missingLine.hidden = false;
  document.body.prepend(missingLine);
}
