/** What somebody writes who comes from Python or IPython, and what a cell of TypeScript has for it. */
interface Habit {
  /** A line of such a cell. */
  readonly line: RegExp;
  /** The sentence; `$1` is what the line has in its first group. */
  readonly advice: string;
}

/** The only one that is TypeScript too: it denies a name that there is not. */
const SHELL: Habit = {
  line: /^\s*!\s*(\w.*\S|\w)\s*$/m,
  advice: "Commands of the shell are written `%sh $1`.",
};

const LINES: readonly Habit[] = [
  SHELL,
  { line: /^\s*\?{1,2}\s*([\w%.-]+)\s*$/m, advice: "Help is written `$1?` or `%help $1`." },
  {
    line: /^\s*(?:import\s+[\w.]+(?:\s+as\s+\w+)?|from\s+[\w.]+\s+import\s.+)\s*$/m,
    advice:
      "Cells are TypeScript, where packages of Python cannot be imported: `%import` brings data, `%npm install` packages of npm.",
  },
  { line: /^\s*def\s+(\w+)\s*\(.*:\s*$/m, advice: "Cells are TypeScript: `function $1(…) { … }`." },
  { line: /^\s*for\s+(\w+)\s+in\s.*:\s*$/m, advice: "Cells are TypeScript: `for (const $1 of …) { … }`." },
  { line: /^\s*(?:el)?if\s[^({]*:\s*$/m, advice: "Cells are TypeScript: `if (…) { … }`." },
  { line: /^\s*#\s/m, advice: "Comments begin with `//`." },
  {
    line: /(?<![\w$])f(["']).*\{.*\}.*\1/m,
    advice: "Texts with values in them are written `` `…${value}…` ``.",
  },
];

const NAMES: Readonly<Record<string, string>> = {
  print: "`console.log(…)` prints.",
  len: "`.length` is how long a list or a text is, `.numRows` a table.",
  range: "`Array.from({ length: n }, (_, index) => index)` counts from 0.",
  str: "`String(…)` makes a text.",
  int: "`Math.trunc(…)` makes a whole number, `Number(…)` a number of a text.",
  float: "`Number(…)` makes a number of a text.",
  None: "`undefined` or `null` is what there is for None.",
  True: "`true` is written small.",
  False: "`false` is written small.",
};

/** The way out for a line of Python, or a name that only Python has; undefined when the cell has none of it. */
export function adviceForPython(error: Error, source: string): string | undefined {
  if (error.name === "SyntaxError") return adviceForLine(LINES, source);
  if (error.name !== "ReferenceError") return undefined;
  const [, name = ""] = /^(\S+) is not defined$/.exec(error.message) ?? [];
  return Object.hasOwn(NAMES, name) ? NAMES[name] : adviceForLine([SHELL], source);
}

function adviceForLine(habits: readonly Habit[], source: string): string | undefined {
  for (const { line, advice } of habits) {
    const found = line.exec(source);
    if (found) return advice.replaceAll("$1", () => found[1] ?? "");
  }
  return undefined;
}
