import type { ShownError } from "../cell/errors.ts";
import type { Problem } from "../language/language.ts";
import type { SentOutcome } from "./bridge.ts";
import type { Kernel } from "./kernel.ts";
import type { Json } from "./wire.ts";

/** A cell that is about to run. */
export interface CellToCheck {
  readonly code: string;
  /** Such as `In[12]`. */
  readonly label: string;
  /** Header of its request. */
  readonly header: Json;
}

/** A cell whose types are being looked at. */
export interface CheckedCell {
  /** Why the cell must not run. */
  readonly refusal?: ShownError;
  /** To be told how the cell ended. */
  ran(outcome: SentOutcome): void;
}

const MOST_PROBLEMS = 5;

const MODULE_NOT_FOUND = 2307;

/** How long a cell runs alone, in milliseconds: quick cells are over by then. */
const HEAD_START = 10;

/** Types of what line magics give: line → type. */
type LineTypes = SentOutcome["types"]["lines"];

let cells = 0;

/**
 * Has the types of a cell checked: before the run when they are to be strict, else beside it. Then what is wrong appears
 * under the cell when it is known, which for a quick cell is some milliseconds after its end. What a magic gives has the type
 * that the run found, or, when types are strict, the one that the database foresees.
 */
export async function checkTypes(kernel: Kernel, cell: CellToCheck): Promise<CheckedCell> {
  const policy = kernel.settings.get("typecheck");
  cells += 1;
  const number = cells;
  const check = async (lines: LineTypes) => (await kernel.language()).check(number, cell.code, lines);
  const settled = (outcome: SentOutcome) => settle(kernel, number, outcome);
  const hasMagics = /=[ \t]*%/.test(cell.code);
  if (policy === "strict") {
    const { code } = cell;
    const problems = await check(
      hasMagics ? await kernel.main.ask("foresee", { code }).catch(() => ({})) : {},
    );
    if (problems.length === 0) return { ran: (outcome) => reportBugs(kernel, cell, settled(outcome)) };
    return {
      refusal: refusalFor(cell, problems),
      ran: () => reportBugs(kernel, cell, drop(kernel, number)),
    };
  }
  let error: SentOutcome["error"];
  const warn = async (lines: LineTypes) => {
    const found = await check(lines);
    // What cannot be parsed or imported has been told by the run.
    const problems = error ? found.filter(({ code }) => code !== MODULE_NOT_FOUND) : found;
    if (policy !== "warn" || problems.length === 0 || error?.ename === "SyntaxError") return;
    complain(kernel, cell, warningFor(cell, problems));
  };
  let isChecking = false;
  const begin = (lines: LineTypes) => {
    if (!isChecking) reportBugs(kernel, cell, warn(lines));
    isChecking = true;
  };
  // The run is waited for most. The first of all would also have to wait for the start of what checks types, and what magics
  // give has the types that the run finds: to ask the database beside it would be to ask everything twice.
  const timer = kernel.knowsTypes && !hasMagics ? setTimeout(begin, HEAD_START, {}) : undefined;
  return {
    ran(outcome) {
      error = outcome.error;
      clearTimeout(timer);
      begin(outcome.types.lines);
      // In the order in which they were asked for: the next cell's check must find what this one has declared.
      reportBugs(kernel, cell, settled(outcome));
    },
  };
}

/** A failure of the language service is a bug of ours, but none that should end the kernel. */
function reportBugs(kernel: Kernel, cell: CellToCheck, work: Promise<unknown>): void {
  work.catch((error) => {
    const text = error instanceof Error ? error.stack : String(error);
    complain(kernel, cell, `Types cannot be told: ${text}\n`);
  });
}

function complain(kernel: Kernel, { header }: CellToCheck, text: string): void {
  kernel.publish("stream", header, { name: "stderr", text });
}

async function drop(kernel: Kernel, number: number): Promise<void> {
  await (await kernel.language()).drop(number);
}

async function settle(kernel: Kernel, number: number, { error, types }: SentOutcome): Promise<void> {
  if (error?.ename === "SyntaxError") await drop(kernel, number);
  else await (await kernel.language()).ran(number, types);
}

function warningFor({ code, label }: CellToCheck, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problemLines(code, problems);
  return [`TypeScript sees ${count} in ${label}, which runs all the same:`, ...lines, ""].join("\n");
}

function refusalFor({ code, label }: CellToCheck, problems: readonly Problem[]): ShownError {
  const evalue = `${label} did not run: ${problems[0]?.message ?? ""}`;
  return {
    ename: "TypeCheckError",
    evalue,
    traceback: [`${label} did not run, because its types do not fit:`, ...problemLines(code, problems)],
  };
}

function problemLines(code: string, problems: readonly Problem[]): string[] {
  const lines = code.split("\n");
  const shown = problems.slice(0, MOST_PROBLEMS).flatMap(({ line, column, message, code: number }) => {
    const [first = "", ...more] = message.split("\n");
    return [
      `  line ${line}: ${first} (${number})`,
      ...more.slice(-1).map((text) => `  ${text}`),
      `  ${String(line).padStart(4)} | ${lines[line - 1] ?? ""}`,
      `       | ${" ".repeat(column - 1)}^`,
    ];
  });
  const rest = problems.length - MOST_PROBLEMS;
  return rest > 0 ? [...shown, `  and ${rest} more`] : shown;
}
