import { execFileSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import type { JupyterEnvironment } from "./environment.ts";

/** What a cell gave, through Jupyter's own client. */
export interface CellAnswer {
  readonly status: string;
  readonly shown: readonly {
    readonly type: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly name?: string;
    readonly value?: string;
    readonly traceback?: readonly string[];
  }[];
  readonly stdout: string;
  readonly stderr: string;
}

const runner = new URL("./run_cells.py", import.meta.url).pathname;

/** Runs cells in order in one session of a kernel, in the folder given. */
export function runCells(
  { python, variables }: JupyterEnvironment,
  kernel: string,
  cells: readonly string[],
  options: { readonly folder?: string; readonly variables?: NodeJS.ProcessEnv } = {},
): CellAnswer[] {
  const printed = execFileSync(python, [runner, kernel], {
    input: JSON.stringify(cells),
    env: { ...variables, ...options.variables },
    encoding: "utf8",
    cwd: options.folder,
  });
  return JSON.parse(printed);
}

/** All that a cell has printed and shown as text, and its error. */
export function textOfAnswer({ shown, stdout, stderr }: CellAnswer): string {
  const texts = shown.map(({ data, name, value }) => String(data?.["text/plain"] ?? `${name}: ${value}`));
  return stripVTControlCharacters([stdout, stderr, ...texts].filter((text) => text !== "").join("\n"));
}
