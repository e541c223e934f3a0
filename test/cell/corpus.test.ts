import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SourceTextModule } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import { compileCell } from "../../kernel/src/cell/compile.ts";

const corpus = new URL("../../node_modules/test262-parser-tests/", import.meta.url).pathname;

/** What TypeScript refuses although JavaScript allows it, by its message. */
const REFUSED = [
  /A 'set' accessor cannot have an initializer/,
  /Identifier `(?:b|constructor)` has already been declared/,
  /Cannot assign to this expression/,
];

/** What cells allow although a JavaScript module does not, by V8's message. */
const ALLOWED = [
  // The printer puts blanks between the signs.
  /HTML comments are not allowed in modules/,
  // An earlier cell may have declared the name.
  /Export '\w+' is not defined in module/,
];

/** `(class { a: 0 })` has a member of the type 0. */
const TYPED_MEMBERS = new Set([
  "33bc068464342558.js",
  "4a866d4657f5a83a.js",
  "5bb13cf33cea5691.js",
  "a7c82de4904833cc.js",
]);

/** Why V8 refuses a text as a module; undefined when it does not. */
function refusalByV8(text: string): string | undefined {
  try {
    new SourceTextModule(text);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function refusalByUs(text: string): string | undefined {
  try {
    compileCell(text, { url: "file:///cell-1.ts", isShared: () => true, isMagic: () => false });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

describe("the parser tests of test262: a cell compiles when it is a module for V8, and only then", () => {
  test.each(["pass", "fail", "early"])("%s", (folder) => {
    const names = readdirSync(join(corpus, folder));
    const surprises = names.flatMap((name) => {
      const text = readFileSync(join(corpus, folder, name), "utf8");
      const [theirs, ours] = [refusalByV8(text), refusalByUs(text)];
      if ((theirs === undefined) === (ours === undefined) || TYPED_MEMBERS.has(name)) return [];
      if (theirs !== undefined && ALLOWED.some((message) => message.test(theirs))) return [];
      if (ours !== undefined && REFUSED.some((message) => message.test(ours))) return [];
      return [{ name, text, theirs, ours }];
    });
    expect(names.length).toBeGreaterThan(500);
    expect(surprises).toEqual([]);
  });
});
