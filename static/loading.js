// While the program is on its way: how far it is, and what to say when it does not come.

const MISSING =
  "Oxidoscope could not be loaded: a file did not arrive whole. Reload the page to try again.";
const REFUSED =
  "This browser does not run WebAssembly here (it may be switched off), and Oxidoscope is made of it.";

/** The hooks that the loader calls. */
export default function initializer() {
  const bar = document.querySelector("#loading progress");
  return {
    onStart() {},
    // What is said to come is counted before compression and before the module was made smaller, so
    // the bar only tells that something is coming.
    onProgress({ current, total }) {
      if (bar && total > 0) bar.value = Math.min(current / total, 0.97);
    },
    onComplete() {},
    onSuccess() {},
    onFailure(error) {
      say(error instanceof WebAssembly.CompileError || error instanceof ReferenceError ? REFUSED : MISSING);
    },
  };
}

function say(sentence) {
  const place = document.querySelector("#loading");
  if (!place) return;
  place.setAttribute("role", "alert");
  place.textContent = sentence;
}
