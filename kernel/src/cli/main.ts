import { parseArgs } from "node:util";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { version } from "../version.ts";
import type { Command } from "./command.ts";
import { describeCommand } from "./document.ts";
import { commands } from "./index.ts";

// Who reads only the beginning, as `head` does, has enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
}

async function main([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help")
    return console.log(await overview());
  if (name === "--version") return console.log(version);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load)
    throw new UserError(`There is no command "${name}"`, { hint: didYouMean(name, Object.keys(commands)) });
  const command = await load();
  if (rest.includes("--help") || rest.includes("-h")) return console.log(describeCommand(command));
  await command.run(readInput(command, rest));
}

function readInput(command: Command, rest: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: { ...command.options },
      allowPositionals: true,
    });
    return { words: positionals, options: values };
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : String(cause);
    throw new UserError(reason, { hint: `Write ${command.usage}`, cause });
  }
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "City data in notebooks: import, compute, map.",
    "",
    ...lines,
    "",
    "tombolo COMMAND --help tells more.",
  ].join("\n");
}
