import { describe, expect, test } from "@jest/globals";
import { encodeRows, rowSet } from "@tombolo/bundle";
import { chart } from "../../kernel/src/chart/chart.ts";
import { columnMetadata } from "../../kernel/src/engine/columns.ts";
import type { Comm } from "../../kernel/src/magics/comms.ts";
import { map } from "../../kernel/src/map/map.ts";
import { linkOf } from "../../kernel/src/selection/link.ts";
import { filter, onSelect, select, selection } from "../../kernel/src/selection/selection.ts";
import { selection as service } from "../../kernel/src/services/selection.ts";
import { table } from "../../kernel/src/table/table.ts";
import { squaresTable } from "../support/tables.ts";

const names = ["Alpha", "Beta", "Gamma", "Delta"];
let number = 0;
/** Squares that no other test has: rows with the same labels are the same rows. */
const squares = (access: "public" | "internal" = "public") => {
  number += 1;
  return squaresTable(
    [...names, ...Array(number).fill("more")],
    [1, 2, null, 4, ...Array(number).fill(0)],
    access,
  );
};

/** A comm whose other end is the test. */
function comm() {
  const sent: { data: unknown; buffers: readonly Uint8Array[] }[] = [];
  const received: ((data: unknown, buffers: readonly Uint8Array[]) => unknown)[] = [];
  const closed: (() => unknown)[] = [];
  const end: Comm = {
    id: "c",
    target: service.target,
    send: (data, buffers = []) => void sent.push({ data, buffers }),
    onMessage: (each) => void received.push(each),
    onClose: (each) => void closed.push(each),
    close: () => undefined,
  };
  const tell = async (data: unknown, ...buffers: Uint8Array[]) => {
    for (const each of received) await each(data, buffers);
  };
  return { end, sent, tell, close: () => closed.map((each) => each()) };
}

/** Opens the service's comm; it needs nothing of the session. */
const open = (end: Comm) => Reflect.apply(service.opened, undefined, [undefined, end, {}]);

describe("views of the same rows", () => {
  test("have the same link, whatever they show of them; other rows another", () => {
    const data = squares();
    const key = map(data).spec.layers[0]?.link?.key;
    expect(chart(data).spec.link?.key).toBe(key);
    expect(table(data.select(["label", "name"])).spec.link).toEqual({ key, count: data.numRows });
    expect(linkOf(squares()).key).not.toBe(key);
    expect(linkOf(data.select(["length"])).key).not.toBe(key);
  });

  test("that may not be saved have a key that tells nothing to who knows the labels", () => {
    const open = squaresTable(names, [1, 2, 3, 4], "public");
    const closed = squaresTable(names, [1, 2, 3, 4], "internal");
    expect(linkOf(closed).key).not.toBe(linkOf(open).key);
    expect(linkOf(squaresTable(names, [4, 3, 2, 1], "internal")).key).toBe(linkOf(closed).key);
  });
});

describe("the selection of a view", () => {
  test("is nothing at first, then what is selected, with labels and a table that keeps its units and its access", async () => {
    const data = squares("internal");
    const view = map(data);
    expect(selection(view)).toMatchObject({ count: 0, rows: [], labels: [] });
    await select(view, ["S4", "S2"]);
    const selected = selection(chart(data));
    expect(selected).toMatchObject({ count: 2, rows: [1, 3], labels: ["S2", "S4"] });
    expect([...(selected.table.getChild("length") ?? [])]).toEqual([2, 4]);
    const length = selected.table.schema.fields.find(({ name }) => name === "length");
    expect(length && columnMetadata(length)).toMatchObject({ unit: "km", access: "internal" });
    await select(view, null);
    expect(selection(data).count).toBe(0);
  });

  test.each([
    ["numbers", [0, 3], [0, 3]],
    ["a condition", (row: Readonly<Record<string, unknown>>) => Number(row.length) > 1, [1, 3]],
    ["no number at all", [], []],
  ] as const)("can be given by %s", async (_, choice, rows) => {
    const data = squares();
    expect((await select(data, choice)).rows).toEqual(rows);
    expect(selection(data).rows).toEqual(rows);
  });

  test.each([
    ["a label that is not there", ["S1", "S99"], 'No row has the label "S99"'],
    ["a number that is not there", [400], "There is no row 400"],
  ])("%s is a sentence, and nothing changes", async (_, choice, message) => {
    const data = squares();
    await select(data, [2]);
    await expect(select(data, choice as string[])).rejects.toThrow(message);
    expect(selection(data).rows).toEqual([2]);
  });

  test("of something that shows no rows is a sentence", () => {
    expect(() => selection(Reflect.apply(Object, undefined, [5]))).toThrow(
      "Only what shows the rows of a table",
    );
  });

  test("calls who waits for it, one after the other, and leaves out what is outdated", async () => {
    const data = squares();
    const heard: (readonly number[])[] = [];
    let go: () => void = () => undefined;
    const stop = onSelect(map(data), async ({ rows }) => {
      heard.push(rows);
      await new Promise<void>((resolve) => {
        go = resolve;
      });
    });
    const first = select(data, [0]);
    const second = select(data, [1]);
    const third = select(data, [2]);
    go();
    await Promise.all([second, third]);
    while (heard.length < 2) await new Promise(setImmediate);
    go();
    await first;
    expect(heard).toEqual([[0], [2]]);
    stop();
    await select(data, [3]);
    expect(heard).toHaveLength(2);
  });

  test("fails with the listener's error when all listeners have heard", async () => {
    const data = squares();
    let heard = 0;
    onSelect(data, () => {
      throw new Error("mine");
    });
    onSelect(data, () => {
      heard += 1;
    });
    await expect(select(data, [0])).rejects.toThrow("mine");
    expect(heard).toBe(1);
  });
});

describe("the front end", () => {
  test("hears what was selected before, each change of the kernel's, and no echo of its own", async () => {
    const data = squares();
    const { key } = linkOf(data);
    await select(data, [1]);
    const { end, sent, tell, close } = comm();
    open(end);
    const own = () => sent.filter(({ data: each }) => (each as { key: string }).key === key);
    expect(own()).toEqual([
      { data: { key, state: "selected" }, buffers: [encodeRows(rowSet(data.numRows, [1]))] },
    ]);
    await filter(data, [1, 2]);
    await filter(data, null);
    expect(own().slice(1)).toEqual([
      { data: { key, state: "shown" }, buffers: [encodeRows(rowSet(data.numRows, [1, 2]))] },
      { data: { key, state: "shown" }, buffers: [] },
    ]);
    await tell({ key, state: "selected" }, encodeRows(rowSet(data.numRows, [3])));
    expect(selection(data).rows).toEqual([3]);
    await tell({ key, state: "selected" });
    expect(selection(data).count).toBe(0);
    expect(own()).toHaveLength(3);
    close();
    await select(data, [0]);
    expect(own()).toHaveLength(3);
  });

  test("cannot select rows that the result does not have", async () => {
    const data = squares();
    const { end, tell } = comm();
    open(end);
    await select(data, [0]);
    await expect(
      tell({ key: linkOf(data).key, state: "selected" }, encodeRows(rowSet(9999, [9998]))),
    ).rejects.toThrow(RangeError);
    expect(selection(data).rows).toEqual([0]);
  });
});
