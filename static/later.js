// The part of the module that a start does not call. The build puts this into the module's script:
// LATER is that part's file and hash, and `wasm` what the first part exports.

const laterFile = new URL("LATER_FILE", import.meta.url);
/** The sentence for what does not arrive, which goes when the program comes. */
const missingLine = document.getElementById("missing");

/** Where an offline copy answers, both parts are at hand: the page starts with both. */
const laterFromCopy =
  navigator.serviceWorker?.controller && (await compileLater().catch(() => undefined));

/** Gets it ready, whoever has it. */
async function compileLater() {
  const answer = await fetch(laterFile, { integrity: "LATER_HASH" });
  return WebAssembly.compile(await answer.arrayBuffer());
}

/** Puts its functions into their slots of the table, where stubs stood. */
function fillSlots(module) {
  if (wasm.L.value) return;
  new WebAssembly.Instance(module, { ...__wbg_get_imports(), first: wasm });
  wasm.L.value = 1;
}

/** Sees to it that it comes, now that the first part is there. */
function bringLater() {
  if (laterFromCopy) fillSlots(laterFromCopy);
  else compileLater().then(fillSlots).catch(laterIsMissing);
}

/**
 * Gets it at once, because one of its functions is called: whoever calls it cannot wait. Such a
 * request goes past an offline copy in most browsers.
 */
function getLater() {
  try {
    const request = new XMLHttpRequest();
    request.open("GET", laterFile, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    const bytes = Uint8Array.from(request.responseText, (byte) => byte.charCodeAt());
    fillSlots(new WebAssembly.Module(bytes));
  } catch (error) {
    laterIsMissing(error);
  }
}

function laterIsMissing(error) {
  if (wasm.L.value) return;
  missingLine.hidden = false;
  document.body.prepend(missingLine);
  throw error;
}
