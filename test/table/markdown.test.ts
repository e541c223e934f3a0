import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { DISPLAY_SYMBOL } from "@tombolo/bundle/mime";
import { table } from "../../kernel/src/table/table.ts";
import { requireEnvironment } from "../support/environment.ts";

/** Texts that would become something else in Markdown, in formulas of notebooks, or in GitHub's flavour of it. */
const hostile = [
  "<img src=x onerror=alert(1)>",
  "<b>bold</b> & &lt;b&gt;",
  "[a](https://example.org) ![b](https://example.org/x.png)",
  "https://example.org/path www.example.org me@example.org",
  "a | b || c",
  "`code` **strong** _soft_ ~~gone~~",
  "$x^2$ $$y$$",
  "# heading",
  "1. first",
  "back\\slash \\| end\\",
  "two\nlines",
  "",
];

const PROGRAM = `
import json, sys
from html.parser import HTMLParser
from nbconvert.filters.markdown_mistune import markdown2html_mistune

class Page(HTMLParser):
    tags, cells, inside = set(), [], False
    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "td":
            self.cells.append("")
            self.inside = True
    def handle_endtag(self, tag):
        if tag == "td":
            self.inside = False
    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data

page = Page()
page.feed(markdown2html_mistune(sys.stdin.read()))
print(json.dumps({"tags": sorted(page.tags), "cells": page.cells}))
`;

test("nbconvert makes of it a table whose cells say what the data says", () => {
  const rows = hostile.map((text, row) => ({ row, text }));
  const shown = table(rows, { title: "<i>Title</i>" })[DISPLAY_SYMBOL]();
  const { data } = shown instanceof Promise ? { data: {} } : shown;
  const { python } = requireEnvironment("Markdown is read by nbconvert");
  const markdown = String(Reflect.get(data, "text/markdown"));
  const answer = JSON.parse(execFileSync(python, ["-c", PROGRAM], { input: markdown, encoding: "utf8" }));
  expect(answer.tags).toEqual(["p", "strong", "table", "tbody", "td", "th", "thead", "tr"]);
  const expected = hostile.flatMap((text, row) => [String(row), text.replace(/\s+/g, " ")]);
  expect(answer.cells).toEqual(expected);
});
