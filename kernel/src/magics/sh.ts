import { defineMagic } from "./magic.ts";
import { runShell } from "./shell.ts";
import { callText, literal } from "./typescript.ts";

/** `%sh`: commands of the shell. */
export const shMagic = defineMagic({
  name: "sh",
  kinds: ["line", "cell"],
  summary: "Runs commands of the shell; `const text = %sh ls` takes what they print.",
  arguments: [{ name: "command", doc: "the command to run", required: false, rest: true }],
  options: {},
  line: "shell",
  body: "shell",
  examples: ["%sh ls"],
  typescript: ({ text, body }) => `await ${callText("sh", [literal(body || text)])};`,
  async run(session, { kind, text, body, assigned }) {
    const printed = await runShell(session, kind === "cell" ? body : text, { quiet: assigned });
    return assigned ? printed.trimEnd() : undefined;
  },
});
