// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { walk } from "./stamp.js";

/** Layers of the kernel from the bottom: a file imports from its own layer or one below. */
const LAYERS = [
  ["engine"],
  [
    "importers",
    "catalogue",
    "recipe",
    "fields",
    "store",
    "map",
    "chart",
    "table",
    "export",
    "picture",
    "release",
    "guard",
    "lineage",
    "selection",
    "models",
  ],
  ["pack"],
  ["magics", "display", "preloaded", "services"],
  ["cell"],
  ["language"],
  ["jupyter", "cli"],
];

/** What must run in a browser one day: nothing of Node. */
const WITHOUT_NODE = [
  /^bundle\/src\//,
  /^kernel\/src\/cell\/(split|scan|scope|rewrite[\w-]*|rewriter|specifier)\.ts$/,
  /^kernel\/src\/recipe\/(?!run\.ts)/,
  /^kernel\/src\/models\/(?!(folders|save-model)\.ts)/,
  /^kernel\/src\/fields\//,
  /^kernel\/src\/engine\/quote\.ts$/,
];

/**
 * What is imported against the layers of the design, one sentence each.
 * @param {string} root - the checkout
 */
export function layerMistakes(root) {
  const mistakes = [];
  for (const folder of ["bundle/src", "kernel/src", "extension/src"]) {
    for (const path of walk(join(root, folder))) {
      if (!path.endsWith(".ts")) continue;
      const name = relative(root, path).split(sep).join("/");
      for (const { specifier, typeOnly } of importsOf(path)) {
        const mistake = mistakeOf(root, path, name, specifier, typeOnly);
        if (mistake) mistakes.push(`${name}: ${mistake}`);
      }
    }
  }
  return [...mistakes, ...setUpMistakes(root)];
}

/**
 * The scripts of a fresh clone install what the project needs, and so are read before any package is there.
 * @param {string} root
 */
function setUpMistakes(root) {
  const scripts = ["test.js", "start.js", "build.js", "bench.js", "check.js"];
  const read = new Set(
    scripts.map((script) => join(root, "scripts", script)).filter((path) => existsSync(path)),
  );
  const mistakes = [];
  for (const path of read) {
    for (const specifier of staticImportsOf(path)) {
      if (specifier.startsWith(".")) read.add(resolve(dirname(path), specifier));
      else if (!specifier.startsWith("node:"))
        mistakes.push(
          `${relative(root, path)}: imports ${specifier} before it is installed; import it in a function`,
        );
    }
  }
  return mistakes;
}

/** @param {string} path */
function staticImportsOf(path) {
  const statement = /^(?:import|export)\s(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
  return [...readFileSync(path, "utf8").matchAll(statement)].map((match) => match[1] ?? "");
}

/** @param {string} path */
function importsOf(path) {
  const text = readFileSync(path, "utf8");
  const pattern = /^(import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[3] ?? match[4] ?? "",
    typeOnly: match[2] !== undefined,
  }));
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string} name
 * @param {string} specifier
 * @param {boolean} typeOnly
 */
function mistakeOf(root, path, name, specifier, typeOnly) {
  if (specifier.startsWith("node:") && WITHOUT_NODE.some((pattern) => pattern.test(name))) {
    return `imports ${specifier}, but must run without Node`;
  }
  // The index loads every file behind it, and what starts a kernel should load no more than it uses.
  if (specifier === "@tombolo/bundle" && !typeOnly && name.startsWith("kernel/"))
    return "imports all of @tombolo/bundle; name the file, such as @tombolo/bundle/access";
  if (!specifier.startsWith(".")) return undefined;
  const target = relative(root, resolve(dirname(path), specifier))
    .split(sep)
    .join("/");
  if (target.split("/")[0] !== name.split("/")[0]) return `imports ${target}, a file of another package`;
  const [own, other] = [layerOf(name), layerOf(target)];
  // A type is no dependency at run time; the plan's types, for one, are told by the store.
  if (typeOnly || own === undefined || other === undefined || other <= own) return undefined;
  return `imports ${target}, of a layer above its own`;
}

/** @param {string} name */
function layerOf(name) {
  const folder = /^kernel\/src\/([^/]+)\//.exec(name)?.[1];
  const layer = LAYERS.findIndex((folders) => folder !== undefined && folders.includes(folder));
  return layer < 0 ? undefined : layer;
}
