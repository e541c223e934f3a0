// @ts-check
import { join } from "node:path";
import { layerMistakes } from "./lib/layers.js";
import { compiler, root } from "./lib/paths.js";
import { Missing, run, runMain } from "./lib/run.js";

/** The checks: a name, and what finds mistakes. Nothing is changed. */
const checks = /** @type {const} */ ([
  [
    "lint and format",
    () =>
      run(process.execPath, [
        join(root, "node_modules", "@biomejs", "biome", "bin", "biome"),
        "check",
        "--error-on-warnings",
        ".",
      ]),
  ],
  ["types", () => run(process.execPath, [compiler, "-b"])],
  ["generated files", () => run(process.execPath, [join(root, "scripts", "generate.js"), "--check"])],
  [
    "layers",
    async () => {
      const mistakes = layerMistakes(root);
      if (mistakes.length > 0) throw new Missing(mistakes.join("\n"));
    },
  ],
]);

await runMain(async () => {
  let failed = 0;
  for (const [name, check] of checks) {
    try {
      await check();
      console.log(`✓ ${name}`);
    } catch (error) {
      failed++;
      console.log(`✗ ${name}\n${error instanceof Error ? error.message : error}`);
    }
  }
  if (failed > 0) throw new Missing(`${failed} of ${checks.length} checks failed.`);
});
