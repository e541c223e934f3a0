import { isJson, type Json } from "../wire.ts";
import { frameExpression } from "./frame-expression.ts";

/** A breakpoint as a front end asks for it. Texts are of the user: TypeScript as in a cell. */
export interface WantedBreakpoint {
  readonly line: number;
  /** It stops only where this is true. */
  readonly condition?: string;
  /** It stops only at some of the times that it is reached: `3`, `>= 3`, `% 3`. */
  readonly hitCondition?: string;
  /** It does not stop, but says this, in which `{expression}` stands for a value. */
  readonly logMessage?: string;
}

/** Evaluates expressions where the program stands still. */
export interface Evaluating {
  isTrue(expression: string): Promise<boolean>;
  said(expression: string): Promise<string>;
}

/** What to do at a breakpoint. */
export interface Verdict {
  readonly stops: boolean;
  /** What it says, if anything. */
  readonly message?: string;
}

const HITS = /^\s*(==|>=|<=|>|<|%)?\s*(\d+)\s*$/;
const nowhere = { locals: new Set<string>(), globals: new Set<string>() };

/** Reads what the Debug Adapter Protocol has as a breakpoint of a source. */
export function wantedBreakpoint(given: unknown): WantedBreakpoint {
  const breakpoint: Json = isJson(given) ? given : {};
  const text = (name: "condition" | "hitCondition" | "logMessage") => {
    const value = breakpoint[name];
    return typeof value === "string" && value.trim() !== "" ? { [name]: value } : {};
  };
  return {
    line: Number(breakpoint.line),
    ...text("condition"),
    ...text("hitCondition"),
    ...text("logMessage"),
  };
}

/** What is wrong with the texts of a breakpoint; undefined if they can be used. */
export function mistakeIn({ condition, hitCondition, logMessage }: WantedBreakpoint): string | undefined {
  if (hitCondition !== undefined && !HITS.test(hitCondition))
    return `"${hitCondition}" is no hit count; write a number, or one after ==, >, >=, <, <= or %`;
  const expressions = [condition, ...partsOf(logMessage).map(({ expression }) => expression)];
  for (const expression of expressions) {
    if (expression === undefined) continue;
    try {
      frameExpression(expression, nowhere);
    } catch (error) {
      return `${expression}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}

/** A breakpoint with the number of times that it was reached while its condition held. */
export class CountedBreakpoint {
  readonly wanted: WantedBreakpoint;
  #hits = 0;

  constructor(wanted: WantedBreakpoint) {
    this.wanted = wanted;
  }

  /** What to do now that it is reached. A condition that fails stops, and says why: it is wrong, not false. */
  async reached(here: Evaluating): Promise<Verdict> {
    const { condition, hitCondition, logMessage } = this.wanted;
    try {
      if (condition !== undefined && !(await here.isTrue(condition))) return { stops: false };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { stops: true, message: `The condition ${condition} of line ${this.wanted.line} fails: ${why}` };
    }
    this.#hits += 1;
    if (hitCondition !== undefined && !fits(this.#hits, hitCondition)) return { stops: false };
    if (logMessage === undefined) return { stops: true };
    return { stops: false, message: await filled(logMessage, here) };
  }
}

function fits(hits: number, hitCondition: string): boolean {
  const [, operator = "==", digits = ""] = HITS.exec(hitCondition) ?? [];
  const count = Number(digits);
  switch (operator) {
    case ">=":
      return hits >= count;
    case "<=":
      return hits <= count;
    case ">":
      return hits > count;
    case "<":
      return hits < count;
    case "%":
      return count > 0 && hits % count === 0;
    default:
      return hits === count;
  }
}

async function filled(message: string, here: Evaluating): Promise<string> {
  const texts: string[] = [];
  for (const { text, expression } of partsOf(message)) {
    texts.push(text);
    if (expression === undefined) continue;
    texts.push(
      await here
        .said(expression)
        .catch((error: unknown) => `{${error instanceof Error ? error.message : String(error)}}`),
    );
  }
  return texts.join("");
}

/** Text between braces, in which braces may stand in pairs. */
const BRACED = /\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g;

/** The parts of a message: text, and perhaps an expression after it. */
function partsOf(message = ""): { readonly text: string; readonly expression?: string }[] {
  const parts: { text: string; expression?: string }[] = [];
  let end = 0;
  for (const { 0: whole, 1: expression = "", index } of message.matchAll(BRACED)) {
    parts.push({ text: message.slice(end, index), expression });
    end = index + whole.length;
  }
  return [...parts, { text: message.slice(end) }];
}
