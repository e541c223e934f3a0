import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";
import { UserError } from "../../errors.ts";
import type { ReadFile } from "./read.ts";

interface Element {
  [name: string]: string | Element[];
}

/**
 * An XML document becomes one row of the table `source`: `file` from 0 and `json`, in which an element is a list under its
 * name, an attribute a text under `@` and its name, and the text of an element is under `#text`.
 */
export const readXml: ReadFile = async (engine, pieces, table, { signal }) => {
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} (file INTEGER, json JSON)`, { signal });
  for (const [file, { path, name }] of pieces.entries()) {
    const text = new TextDecoder().decode(readFileSync(path));
    const json = JSON.stringify(parseXml(text, name, path));
    await engine.run(`INSERT INTO ${table} VALUES (?, ?)`, { parameters: [file, json], signal });
  }
};

function parseXml(text: string, name: string, path: string): Element {
  const root: Element = {};
  const open: Element[] = [root];
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => {
    const attributes = Object.entries(tag.attributes).map(([key, value]) => [`@${key}`, String(value)]);
    const element: Element = Object.fromEntries(attributes);
    const parent = open.at(-1) ?? root;
    const kin = parent[tag.name];
    if (Array.isArray(kin)) kin.push(element);
    else parent[tag.name] = [element];
    open.push(element);
  });
  parser.on("text", (more) => addText(open.at(-1), more));
  parser.on("cdata", (more) => addText(open.at(-1), more));
  parser.on("closetag", () => open.pop());
  parser.on("error", (cause) => {
    throw new UserError(`${name} cannot be read: it is damaged or cut short, or no XML`, {
      where: path,
      cause,
    });
  });
  parser.write(text).close();
  return root;
}

function addText(element: Element | undefined, more: string): void {
  if (element && more.trim() !== "") element["#text"] = String(element["#text"] ?? "") + more;
}
