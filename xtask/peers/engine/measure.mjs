// How long modules of this crate take for the same run, in turns, so that what else the computer does
// falls on all of them alike.
//
//   node measure.mjs STEPS MODULE...      prints the median milliseconds of each, a line each

import { readFileSync } from "node:fs";

const ROUNDS = 31;

const [steps, ...files] = process.argv.slice(2);
const modules = files.map((file) => new WebAssembly.Module(readFileSync(file)));
const times = modules.map(() => []);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [which, module] of modules.entries()) {
    const { play } = new WebAssembly.Instance(module).exports;
    // The first call is for the browser's own compiler to warm up.
    play(Number(steps));
    const begin = performance.now();
    const done = play(Number(steps));
    times[which].push(performance.now() - begin);
    if (done < Number(steps)) throw new Error(`the run has ${done} steps, not ${steps}`);
  }
}
for (const all of times) console.log(all.sort((a, b) => a - b)[(ROUNDS - 1) / 2]);
