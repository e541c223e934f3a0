// @ts-check
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/paths.js";
import { Missing, run, runMain } from "./lib/run.js";
import { setUp } from "./lib/setup.js";

// Runs the benchmarks of bench/, or those that are named: npm run bench -- start
await runMain(async () => {
  await setUp({ requirements: ["requirements.txt", "requirements-test.txt"] });
  const known = readdirSync(join(root, "bench"))
    .filter((file) => file.endsWith(".bench.js"))
    .map((file) => file.slice(0, -".bench.js".length));
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : known;
  for (const name of wanted) {
    if (!known.includes(name))
      throw new Missing(`There is no benchmark "${name}"; known: ${known.join(", ")}.`);
    await run(process.execPath, [join(root, "bench", `${name}.bench.js`)], { loud: true, what: name });
  }
});
