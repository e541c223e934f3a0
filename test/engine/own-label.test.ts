import { describe, expect, test } from "@jest/globals";
import { tableFromArrays } from "apache-arrow";
import { chart } from "../../kernel/src/chart/chart.ts";
import { columnMetadata, withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { label, type SaidLabel } from "../../kernel/src/engine/label.ts";
import { takeNews } from "../../kernel/src/engine/own-label.ts";
import { tableOfRows } from "../../kernel/src/engine/own-rows.ts";
import { noteSeen } from "../../kernel/src/engine/seen.ts";
import { map } from "../../kernel/src/map/map.ts";
import { table } from "../../kernel/src/table/table.ts";

/** Something made by hand, and how a notebook shows it. */
interface Made {
  readonly value: object;
  readonly show: () => { readonly access: string; readonly source: string };
}

const list = (): Made => {
  const rows = [{ name: "Leeds", x: -1.5, y: 53.8 }];
  return { value: rows, show: () => table(rows).spec };
};
const charted = (specification: Readonly<Record<string, unknown>>): Made => ({
  value: specification,
  show: () => chart(specification).spec,
});
const made: Readonly<Record<string, () => Made>> = {
  list,
  "map of a list": () => {
    const rows = [{ longitude: -1.5, latitude: 53.8 }];
    return { value: rows, show: () => map([{ data: rows }]).spec };
  },
  GeoJSON: () => {
    const point = {
      type: "Feature",
      properties: { n: 1 },
      geometry: { type: "Point", coordinates: [0, 51] },
    };
    return { value: point, show: () => map(point).spec };
  },
  "chart of its own data": () => charted({ data: { values: [{ x: 1 }] }, mark: "bar" }),
  "chart with data below": () => charted({ layer: [{ data: { values: [{ x: 1 }] }, mark: "bar" }] }),
};
const kinds = Object.entries(made);
const plain = charted({ mark: "bar" });
const old = list();

describe("what is made by hand", () => {
  test.each(kinds)("%s is public while all that was read is", (_, make) => {
    noteSeen({ name: "roads", access: "public" });
    expect(make().show()).toMatchObject({ access: "public", source: "" });
    expect(old.show().access).toBe("public");
    expect(takeNews()).toBeUndefined();
  });

  test.each(kinds)("%s then takes the strictest label of what was read, and this is told", (_, make) => {
    noteSeen({ name: "patients", access: "sensitive" });
    noteSeen({ name: "prices", access: "internal" });
    const source = "Made by hand after patients (sensitive) was read.";
    expect(make().show()).toMatchObject({ access: "sensitive", source });
    expect(takeNews()).toMatch(/values of patients, so it counts as sensitive.*%label name --access public/);
    expect(takeNews()).toBeUndefined();
  });

  test.each(kinds)("%s has the label that its user says, with a reason", (_, make) => {
    const { value, show } = make();
    show();
    const counted = 'This counts as sensitive, so "public" needs a reason';
    expect(() => label(value, { access: "public", reason: " " })).toThrow(counted);
    expect(label(value, { access: "public", reason: "typed from a page." })).toBe(value);
    expect(show()).toMatchObject({ access: "public", source: "Made by hand, public: typed from a page." });
    expect(() => label(value, { access: "internal" })).toThrow("needs a reason");
    label(value, { access: "sensitive" });
    expect(show()).toMatchObject({ access: "sensitive", source: "" });
  });

  test("takes no label where it holds no values, or was shown before and has not changed", () => {
    expect(plain.show().access).toBe("public");
    expect(old.show().access).toBe("public");
    expect(takeNews()).toBeUndefined();
    if (Array.isArray(old.value)) old.value.push({ name: "York", x: -1, y: 54 });
    expect(old.show().access).toBe("sensitive");
  });
});

describe("tables", () => {
  const bare = tableFromArrays({ n: [1, 2] });
  const own = withColumnMetadata(bare, () => ({ access: "internal" }));
  test.each<[string, object, SaidLabel]>([
    ["a table", own, { access: "public", reason: "test" }],
    ["rows of a table", [...own], { access: "public", reason: "test" }],
  ])("%s keeps the label of its sources", (_, value, said) => {
    expect(() => label(value, said)).toThrow("Only %release lowers it");
  });

  test("without labels take one", () => {
    expect(() => label(bare, { access: "public" })).toThrow("needs a reason");
    const labelled = label(bare, { access: "public", reason: "counted by hand" });
    const fields = tableOfRows("schema" in labelled ? labelled : []).schema.fields;
    expect(fields.map((field) => columnMetadata(field))).toEqual([
      { access: "public", source: "Made by hand, public: counted by hand." },
    ]);
  });
});
