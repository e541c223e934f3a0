import { javascriptLanguage, typescriptLanguage } from "@codemirror/lang-javascript";
import { StandardSQL } from "@codemirror/lang-sql";
import { describe, expect, test } from "@jest/globals";
import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";
import { MagicParser } from "../../extension/src/editor/magic-parser.ts";

const parser = new MagicParser({ typescript: typescriptLanguage.parser, sql: StandardSQL.language.parser });
const highlighter = tagHighlighter([
  { tag: tags.definitionKeyword, class: "magic" },
  { tag: tags.attributeName, class: "option" },
  { tag: tags.string, class: "text" },
  { tag: tags.keyword, class: "keyword" },
  { tag: tags.number, class: "number" },
  { tag: tags.comment, class: "comment" },
]);

/** The coloured parts of a cell, each as `class:text`. */
function coloured(code: string): string[] {
  const parts: string[] = [];
  highlightCode(
    code,
    parser.parse(code),
    highlighter,
    (text, classes) => {
      if (classes !== "") parts.push(`${classes}:${text}`);
    },
    () => undefined,
  );
  return parts;
}

describe("a cell is coloured as the kernel reads it", () => {
  test.each<[string, string[]]>([
    ["let n = 5;", ["magic:let", "number:5"]],
    [
      '%chart areas --type bar --title "My areas"',
      ["magic:%chart", "option:--type", "option:--title", 'text:"My areas"'],
    ],
    ["let a = 1;\n%map a\nreturn 2;", ["magic:let", "number:1", "magic:%map", "keyword:return", "number:2"]],
    ["%%sql big <<\nSELECT 5 -- five", ["magic:%%sql", "keyword:SELECT", "number:5", "comment:-- five"]],
    // A remainder, a text and a comment are no magics.
    ["let b = 7 % 3; // %map", ["magic:let", "number:7", "number:3", "comment:// %map"]],
    ["%%recipe x\nsubjects: borough", ["magic:%%recipe"]],
    ["", []],
  ])("%j", (code, parts) => {
    expect(coloured(code)).toEqual(parts);
  });

  test("every text is read to its end, whatever it is", () => {
    for (const code of ["%", "%%", "%%sql", "%%sql\n", "`${", "%map `", "x = %sh ls\ny", "%%nosuch\n%map a"])
      expect(parser.parse(code).length).toBe(code.length);
    expect(javascriptLanguage.name).toBe("javascript");
  });
});
