// The two arenas in WebAssembly, in turns, so that what else the computer does falls on both alike.
// Prints a figure a line, as `./x bench --json` does.
//
//   node measure.mjs MODULE WATCHED      the module, and the same with the allocator that can be watched

import { readFileSync } from "node:fs";

/** Rounds of each, and how many are timed together: a clock tells microseconds at best. */
const ROUNDS = 201;
const TOGETHER = 5;
/** Allocations of a round. */
const ROUND = 10_000;

const modules = process.argv.slice(2).map((file) => new WebAssembly.Module(readFileSync(file)));
const { contest, round } = new WebAssembly.Instance(modules[0]).exports;
const ready = contest();

function time(work, ours) {
  const begin = performance.now();
  for (let count = 0; count < TOGETHER; count += 1) round(ready, work, ours);
  return ((performance.now() - begin) * 1e6) / (ROUND * TOGETHER);
}

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
const tell = (what, value, unit, limit) => console.log(JSON.stringify({ what, value, unit, limit }));

for (const [work, name] of ["values", "layouts"].entries()) {
  // The first rounds are for the compiler to warm up.
  for (let count = 0; count < ROUNDS; count += 1) [0, 1].forEach((ours) => round(ready, work, ours));
  const times = [[], []];
  for (let count = 0; count < ROUNDS; count += 1) {
    times.forEach((all, which) => all.push(time(work, which)));
  }
  const [bumpalo, ours] = times.map(median);
  tell(`wasm, ${name}: an allocation`, ours, "ns", null);
  tell(`wasm, ${name}: bumpalo's`, bumpalo, "ns", null);
  tell(`wasm, ${name}: ours by bumpalo's`, ours / bumpalo, "x", 1.2);
}

// The same heap in both modules.
const heaps = modules.map((module) => new WebAssembly.Instance(module).exports.heap_round);
const times = [[], []];
for (let count = 0; count < 4 * ROUNDS; count += 1) {
  heaps.forEach((heap, which) => {
    const begin = performance.now();
    for (let again = 0; again < TOGETHER; again += 1) heap();
    if (count > ROUNDS) times[which].push(performance.now() - begin);
  });
}
const [bare, watched] = times.map(median);
tell("wasm: what it costs that one could watch", Math.max(0, (watched / bare - 1) * 100), "%", 1);
