import { expect, test } from "@jest/globals";
import { savedPartOfClosed } from "../../bundle/src/closed-output.ts";

const MAP = "application/vnd.tombolo.map.v1+json";
const SENTENCE = { "text/plain": "An output of sensitive data: run the cell to see it." };
const MAP_SENTENCE = { "text/plain": "Map of sensitive data: run the cell to see it." };
const reference = { version: 1, access: "sensitive", title: "Map", live: "3f" };

test.each<[string, Record<string, unknown>, Record<string, unknown> | undefined]>([
  ["a placeholder", { [MAP]: reference, ...MAP_SENTENCE }, undefined],
  [
    "another text beside it",
    { [MAP]: reference, "text/plain": "Map of 7" },
    { [MAP]: reference, ...MAP_SENTENCE },
  ],
  [
    "what is public",
    { [MAP]: { ...reference, access: "public", classes: [7] }, "image/png": "aGk=" },
    undefined,
  ],
  ["what is not ours", { "text/plain": "mine", "image/png": "aGk=" }, undefined],
  [
    "values in the specification",
    { [MAP]: { ...reference, classes: [7] } },
    { [MAP]: reference, ...MAP_SENTENCE },
  ],
  ["a picture beside it", { [MAP]: reference, "image/png": "aGk=" }, { [MAP]: reference, ...MAP_SENTENCE }],
  ["values without a reference", { [MAP]: { version: 1, access: "sensitive", classes: [7] } }, SENTENCE],
])("%s", (_, data, saved) => {
  expect(savedPartOfClosed(data)).toEqual(saved);
});
