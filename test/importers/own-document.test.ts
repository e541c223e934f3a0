import { expect, test } from "@jest/globals";
import { documentOwnFiles } from "../../kernel/src/importers/own/document.ts";
import { importMagic } from "../../kernel/src/magics/import.ts";

/** Options of `%import` that are about datasources, or about importing as such. */
const OTHERS = new Set([
  "geography",
  "time",
  "subjects",
  "local",
  "tags",
  "config",
  "cache",
  "offline",
  "force",
]);

test("the page about files of one's own has every option that says how one is read, and no other", () => {
  const named = [...documentOwnFiles().matchAll(/`--(\w+)`/g)].map(([, name = ""]) => name);
  const declared = Object.keys(importMagic.options).filter((name) => !OTHERS.has(name));
  expect([...new Set(named)].sort()).toEqual(declared.sort());
});
