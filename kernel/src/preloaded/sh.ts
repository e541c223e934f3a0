import { definePreloaded } from "./preloaded.ts";

/** `sh`: what `%sh` calls. */
export const sh = definePreloaded({
  name: "sh",
  summary: 'await sh("ls") runs a command of the shell and gives what it prints.',
  async load(session) {
    const { runShell } = await import("../magics/shell.ts");
    return (command: string) => runShell(session, command, { quiet: true });
  },
});
