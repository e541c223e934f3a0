import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type PanelAnswer, parsePanelAnswer, parsePanelRequest } from "@tombolo/bundle";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { runningImports } from "../../kernel/src/importers/running.ts";
import type { Comm } from "../../kernel/src/magics/comms.ts";
import { panel } from "../../kernel/src/services/panel.ts";
import { temporaryStore } from "../support/store.ts";

describe("the side panel", () => {
  let store: Awaited<ReturnType<typeof temporaryStore>>;
  const told: PanelAnswer[] = [];
  let ask: (request: object) => Promise<void>;
  let close: () => unknown;

  beforeAll(async () => {
    store = await temporaryStore();
    const received: ((data: unknown, buffers: readonly Uint8Array[]) => unknown)[] = [];
    const end: Comm = {
      id: "p",
      target: panel.target,
      // What goes over the wire is JSON.
      send: (message) => void told.push(parsePanelAnswer(JSON.parse(JSON.stringify(message)))),
      onMessage: (each) => void received.push(each),
      onClose: (each) => {
        close = each;
      },
      close: () => undefined,
    };
    Reflect.apply(panel.opened, undefined, [{ store: async () => store }, end, {}]);
    ask = async (request) => {
      for (const each of received) await each(request, []);
    };
  });
  afterAll(() => {
    close?.();
    store.remove();
  });

  const last = <Kind extends PanelAnswer["give"]>(give: Kind) =>
    told.findLast((answer): answer is Extract<PanelAnswer, { give: Kind }> => answer.give === give);

  test("lists the catalogue, and finds in it", async () => {
    await ask({ want: "catalogue", words: "" });
    expect(last("catalogue")?.found).toBeGreaterThan(60);
    expect(last("catalogue")?.datasources).toHaveLength(60);
    await ask({ want: "catalogue", words: "underground lines" });
    expect(last("catalogue")?.datasources[0]).toMatchObject({
      word: "london/underground",
      publisher: "OpenStreetMap",
    });
    await ask({ want: "catalogue", words: "xyzzyplugh" });
    expect(last("catalogue")?.found ?? 0).toBe(0);
  });

  test("shows an import from its beginning to its end, and then what the store holds", async () => {
    await ask({ want: "store" });
    expect(last("store")?.datasets).toEqual([]);
    await importDatasource(store, "london/boroughs");
    expect(runningImports()).toEqual([]);
    while (last("store")?.datasets.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const names = told.flatMap((answer) =>
      answer.give === "imports" ? answer.imports.map(({ name }) => name) : [],
    );
    expect(new Set(names)).toEqual(new Set(["london/boroughs"]));
    expect(last("imports")?.imports).toEqual([]);
    expect(last("store")?.datasets).toMatchObject([
      { title: "London boroughs", access: "public", source: expect.stringContaining("National Statistics") },
    ]);
    expect(last("store")?.datasets[0]?.bytes).toBeGreaterThan(1000);
  });

  test("that fails leaves no import behind", async () => {
    await expect(importDatasource(store, "no/such-thing")).rejects.toThrow();
    expect(runningImports()).toEqual([]);
  });

  test.each([null, {}, { want: "everything" }, { want: "catalogue" }])("cannot ask %j", (request) => {
    expect(() => parsePanelRequest(request)).toThrow(TypeError);
  });
});
