import { spawn } from "node:child_process";
import { whileNobodyForks } from "../engine/fork-lock.ts";
import { UserError } from "../errors.ts";
import type { Session } from "./session.ts";

/** How a command is run. */
export interface ShellOptions {
  /** Keep what it prints instead of printing it. */
  readonly quiet?: boolean;
}

const PATIENCE = 1000;

/** Runs a command of the shell in the notebook's folder. Throws a UserError when it ends with an error. */
export function runShell(session: Session, command: string, options: ShellOptions = {}): Promise<string> {
  const isWindows = process.platform === "win32";
  return runProgram(session, isWindows ? "cmd" : "sh", [isWindows ? "/c" : "-c", command], options);
}

/** Runs a program; what it prints goes to the cell as it comes, and is returned when it is to be quiet. */
export async function runProgram(
  session: Session,
  program: string,
  parameters: readonly string[],
  { quiet = false }: ShellOptions = {},
): Promise<string> {
  const { signal } = session;
  // A group of its own, so that an interrupt reaches what the shell has started as well.
  const child = await whileNobodyForks(() =>
    spawn(program, parameters, {
      cwd: session.folder,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    }),
  );
  const stop = () => {
    const end = (name: NodeJS.Signals) => child.exitCode === null && signalGroup(child.pid, name);
    end("SIGINT");
    setTimeout(() => end("SIGKILL"), PATIENCE).unref();
  };
  signal.addEventListener("abort", stop);
  const texts: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (quiet) texts.push(text);
    else session.write("stdout", text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => session.write("stderr", text));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    signal.throwIfAborted();
    if (code !== 0) throw new UserError(`The command ended with status ${code ?? "of a signal"}`);
    return texts.join("");
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function signalGroup(id: number | undefined, name: NodeJS.Signals): void {
  if (id === undefined) return;
  try {
    process.kill(process.platform === "win32" ? id : -id, name);
  } catch (error) {
    // It may have ended just now.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
