// @ts-check
import { buildAll } from "./lib/compile.js";
import { runMain, step } from "./lib/run.js";

await runMain(() =>
  step("build", async () => {
    await buildAll();
    return true;
  }),
);
