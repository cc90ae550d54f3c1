// While the program is on its way: how far it is, and why it does not come.

/** The hooks that the loader calls. */
export default function initializer() {
  const bar = document.querySelector("#loading progress");
  return {
    onStart() {},
    onProgress({ current, total }) {
      if (bar && total > 0) bar.value = current / total;
    },
    onComplete() {},
    onSuccess() {},
    onFailure() {
      globalThis.loadingFailed(runsWasm() ? "missing" : "refused");
    },
  };
}

/** Whether the smallest module there is can be had. */
function runsWasm() {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}
