import { expect, test } from "@jest/globals";
import { chart } from "../../kernel/src/chart/chart.ts";
import { withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { DUMMY_SOURCE } from "../../kernel/src/engine/dummy.ts";
import { tableFromRecords } from "../../kernel/src/engine/records.ts";
import { map } from "../../kernel/src/map/map.ts";
import { table } from "../../kernel/src/table/table.ts";

const records = [
  { label: "a", people: 10, longitude: -1.5, latitude: 53.8 },
  { label: "b", people: 20, longitude: -1.6, latitude: 53.7 },
];
const from = (source: string) =>
  withColumnMetadata(tableFromRecords(records), () => ({ access: "public", source }));
const made = from(`Town. ${DUMMY_SOURCE}`);
const measured = from("Town.");
const bars = { mark: "bar", encoding: { x: { field: "label" }, y: { field: "people" } } } as const;

test.each([
  ["a map", () => map(made), "people (dummy data)"],
  ["a map with a title of its own", () => map(made, { title: "People" }), "People (dummy data)"],
  ["a map that says so already", () => map(made, { title: "Dummy data: people" }), "Dummy data: people"],
  [
    "a layer among others",
    () => map([{ data: measured }, { data: made }], { title: "Town" }),
    "Town (dummy data)",
  ],
  ["a chart", () => chart(made, { x: "label", y: "people" }), "people by label (dummy data)"],
  ["a specification", () => chart(made, { ...bars, title: "People" }), "People (dummy data)"],
  [
    "a specification whose title is styled",
    () => chart(made, { ...bars, title: { text: "People" } }),
    "People (dummy data)",
  ],
  ["a table", () => table(made), "Dummy data"],
  ["what was measured", () => map(measured, { title: "People" }), "People"],
])("%s of dummy data says so in its title", (_, show, title) => {
  expect(show().spec.title).toBe(title);
});

test("the drawing of a specification says so as well", () => {
  const { vegaLite } = chart(made, { ...bars, title: { text: "People", fontSize: 20 } }).spec;
  expect(vegaLite).toHaveProperty("title", { text: "People (dummy data)", fontSize: 20 });
});
