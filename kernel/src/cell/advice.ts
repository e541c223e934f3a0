import { types } from "node:util";
import { isTable } from "../engine/is-table.ts";
import { adviceForPython } from "./python-habits.ts";
import { cleanMessage } from "./stack.ts";

/** Messages of V8 that begin with the name of a variable, and with what was asked of it. */
const MISUSED =
  /^([\p{ID_Start}_$][\p{ID_Continue}$]*)(?:\.([\p{ID_Start}_$][\p{ID_Continue}$]*) is not a function| is not iterable)/u;

/**
 * The way out where a cell has used a table like a list, or a promise like what it promises, or has a line of Python;
 * undefined for every other error. These are the first mistakes of who comes from Python.
 */
export function adviceFor(
  error: unknown,
  source: string,
  lookUp: (name: string) => unknown,
): string | undefined {
  if (!types.isNativeError(error)) return undefined;
  return error.name === "TypeError" ? adviceOnUse(error, lookUp) : adviceForPython(error, source);
}

function adviceOnUse(error: Error, lookUp: (name: string) => unknown): string | undefined {
  const [, name, method] = MISUSED.exec(cleanMessage(error.message)) ?? [];
  if (name === undefined) return undefined;
  const value = lookUp(name);
  if (types.isPromise(value))
    return `"${name}" is a promise: write \`await ${name}\`, or await where it is made.`;
  if (method === undefined || !(method in Array.prototype) || !isTable(value)) return undefined;
  return `"${name}" is a table. \`[...${name}].${method}(…)\` works on the list of its rows; \`sql\` works on the table itself.`;
}
