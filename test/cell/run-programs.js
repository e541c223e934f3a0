// @ts-check
// Runs programs by Node itself and in a notebook of the built kernel, and prints where they differ:
// run-programs.js < [{ program, cells }]
import { stripTypeScriptTypes } from "node:module";
import { inspect } from "node:util";
import { transformSync } from "esbuild";

const dist = new URL("../../kernel/dist/", import.meta.url);
const { Notebook } = await import(new URL("cell/notebook.js", dist).href);

/** @type {string[]} */
let lines = [];
// Places in stacks differ, and nothing else may.
Error.stackTraceLimit = 0;
/** @param {unknown} value */
const shown = (value) => inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY });
Object.assign(globalThis, {
  /** @param {...unknown} values */
  log: (...values) => void lines.push(values.map(shown).join(" ")),
  /** @param {unknown} value */
  num: (value) => (typeof value === "number" && Math.abs(value) < 1e9 ? Math.trunc(value) : 1),
  /** @param {unknown} value */
  str: (value) => (typeof value === "string" ? value.slice(0, 20) : typeof value),
  /** @param {TemplateStringsArray} texts @param {...unknown} values */
  tag: (texts, ...values) => texts.raw.join("|") + values.length,
  /** @param {() => unknown} work */
  named: (work) => [work.name, shown(work())].join(),
});

/** @param {() => Promise<unknown>} work */
async function observed(work) {
  lines = [];
  try {
    await work();
  } catch (error) {
    lines.push(`threw ${error instanceof Error ? `${error.name}: ${error.message}` : shown(error)}`);
  }
  return lines.join("\n");
}

/**
 * Types taken out by Node itself where it can: its other mode, for enumerations and the like, renames functions.
 * @param {string} program
 */
function stripped(program) {
  try {
    return stripTypeScriptTypes(program);
  } catch {
    const compilerOptions = { verbatimModuleSyntax: true, useDefineForClassFields: true };
    // Without an export it would be a script, in which functions of blocks are seen outside.
    const text = `${program}\nexport {};`;
    const options = { loader: "ts", format: "esm", keepNames: true, tsconfigRaw: { compilerOptions } };
    return transformSync(text, options).code;
  }
}

/** @param {string} program */
const asFile = (program) =>
  observed(async () => {
    const code = stripped(program);
    await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  });

const host = {
  stream: () => undefined,
  show: () => undefined,
  clear: () => undefined,
  ask: async () => "",
  askAndWait: () => "",
  settingChanged: () => undefined,
  sendComm: () => undefined,
};

/** @param {readonly string[]} cells */
const asCells = (cells) =>
  observed(async () => {
    const notebook = new Notebook(process.cwd(), host);
    for (const code of cells) {
      const { error } = await notebook.run({ code, label: "In[1]", expressions: {} });
      if (!error) continue;
      lines.push(`threw ${error.ename}: ${error.evalue}`);
      return;
    }
  });

let text = "";
for await (const part of process.stdin.setEncoding("utf8")) text += part;
/** @type {readonly { program: string, cells: readonly string[] }[]} */
const programs = JSON.parse(text);
const differences = [];
let length = 0;
for (const { program, cells } of programs) {
  const file = await asFile(program);
  const one = await asCells([program]);
  const several = await asCells(cells);
  length += file.length;
  if (one !== file || several !== file) differences.push({ program, file, one, several });
}
console.log(JSON.stringify({ differences: differences.slice(0, 5), count: differences.length, length }));
process.exit(0);
