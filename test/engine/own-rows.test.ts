import { describe, expect, test } from "@jest/globals";
import { Table as ArrowTable, Field, RecordBatch, Schema, type Table, tableFromArrays } from "apache-arrow";
import { describeRows } from "../../kernel/src/cell/closed-rows.ts";
import { columnMetadata, withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { type Rows, tableOfRows } from "../../kernel/src/engine/own-rows.ts";
import { isRecords } from "../../kernel/src/engine/record-rows.ts";

const towns = labelled(
  tableFromArrays({
    name: ["Leeds", "York", "Hull"],
    people: Float64Array.of(800, 200, 260),
  }),
  "internal",
);

function labelled(table: Table, access: "public" | "internal" | "sensitive"): Table {
  return withColumnMetadata(table, ({ name }) => ({ access, ...(name === "people" && { unit: "people" }) }));
}

/** Rows as a list of objects, checked to be what tables are made of. */
function listOf(values: readonly unknown[]): Rows {
  if (!isRecords(values)) throw new Error("these are no rows");
  return values;
}

const told = (table: Table) =>
  table.schema.fields.map((field) => [field.name, String(field.type), columnMetadata(field)]);

describe("rows of a table", () => {
  test("stay what they were: columns, labels and units", () => {
    const large = tableOfRows(listOf([...towns].filter((row) => row["people"] > 220)));
    expect(told(large)).toEqual(told(towns));
    expect([...large].map((row) => [...row])).toEqual([
      [
        ["name", "Leeds"],
        ["people", 800],
      ],
      [
        ["name", "Hull"],
        ["people", 260],
      ],
    ]);
  });

  test("come in the order of the list, from several batches and more than once", () => {
    const batches = [towns, towns].flatMap((table) => table.batches);
    const rows = [...new ArrowTable(towns.schema, batches)];
    const table = tableOfRows(listOf([rows[5], rows[0], rows[5], rows[3]]));
    expect([...(table.getChild("name") ?? [])]).toEqual(["Hull", "Leeds", "Hull", "Leeds"]);
  });

  test("are also found in a slice", () => {
    const table = tableOfRows(listOf([...towns.slice(1)]));
    expect([...(table.getChild("name") ?? [])]).toEqual(["York", "Hull"]);
  });

  test.each([
    [
      "rows of unlike tables",
      [...towns, ...labelled(tableFromArrays({ name: ["x"] }), "sensitive")],
      "sensitive",
    ],
    ["rows and plain objects", [...towns, { name: "Bath", people: 94 }], "internal"],
    ["plain objects", [{ name: "Bath", people: 94 }], "public"],
  ])("%s take the strictest label among them", (_, rows, access) => {
    const { fields } = tableOfRows(listOf(rows)).schema;
    expect(fields.map((field) => columnMetadata(field).access)).toEqual(fields.map(() => access));
  });

  test("that are not public do not show as text", () => {
    expect(describeRows([...towns])).toMatch(/^3 rows of internal data/);
    expect(describeRows([...labelled(towns, "public")])).toBeUndefined();
  });

  test("of a table whose columns are named like methods of a row", () => {
    const odd = withNames(towns, ["toJSON", "toArray"]);
    expect(tableOfRows(listOf([...odd])).toString()).toBe(odd.toString());
  });
});

function withNames(table: Table, names: readonly string[]): Table {
  const fields = table.schema.fields.map(
    (field, index) => new Field(names[index] ?? field.name, field.type, field.nullable, field.metadata),
  );
  const schema = new Schema(fields);
  return new ArrowTable(
    schema,
    table.batches.map((batch) => new RecordBatch(schema, batch.data)),
  );
}

describe("shapes in a list of objects", () => {
  const leeds = { type: "Point", coordinates: [-1.55, 53.8] };
  const wkb = Buffer.from("0101000000cdccccccccccf8bf6666666666e64a40", "hex");
  const isShape = (values: readonly unknown[]) => {
    const [field] = tableOfRows(values.map((shape) => ({ shape }))).schema.fields;
    return field?.metadata.get("ARROW:extension:name") === "geoarrow.wkb";
  };

  test.each<[string, readonly unknown[], boolean]>([
    ["WKB, as it stands in a row of a table", [wkb, null], true],
    ["GeoJSON", [leeds], true],
    ["both", [wkb, leeds], true],
    ["a collection", [{ type: "GeometryCollection", geometries: [leeds] }], true],
    ["bytes that are no shape", [Uint8Array.of(1, 2, 3), wkb], false],
    ["a key of sixteen bytes", [Buffer.alloc(16, 9)], false],
    ["what only looks like GeoJSON", [{ type: "Point" }], false],
    ["shapes and texts", [leeds, "Leeds"], false],
  ])("%s", (_, values, expected) => {
    expect(isShape(values)).toBe(expected);
  });

  test("GeoJSON becomes the WKB that another tool writes", () => {
    const table = tableOfRows([{ shape: { type: "Point", coordinates: [-1.55, 53.8] } }]);
    expect(Buffer.from(table.getChild("shape")?.get(0))).toEqual(wkb);
  });
});

describe("a list gives the same table until it changes", () => {
  const changes: [string, (rows: Record<string, unknown>[]) => unknown, boolean][] = [
    ["nothing", () => undefined, true],
    ["the order", (rows) => rows.reverse(), false],
    ["a value", (rows) => Object.assign(rows[1] ?? {}, { people: 1 }), false],
    ["one missing value", (rows) => Object.assign(rows[1] ?? {}, { people: null }), false],
    ["another row", (rows) => rows.push({ name: "Bath", people: 94 }), false],
    ["another column", (rows) => Object.assign(rows[1] ?? {}, { area: 1 }), false],
    ["texts of the same length in all", (rows) => Object.assign(rows[0] ?? {}, { name: "Lewes" }), false],
  ];
  test.each(changes)("%s", (_, change, isSame) => {
    const rows = [
      { name: "Leeds", people: 800 },
      { name: "York", people: 200 },
    ];
    const before = tableOfRows(rows);
    change(rows);
    const after = tableOfRows(rows);
    expect(after === before).toBe(isSame);
    expect(after.numRows).toBe(rows.length);
  });
});
