import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { openDuckDB } from "../../../kernel/src/engine/duckdb.ts";
import { UserError } from "../../../kernel/src/errors.ts";
import { confinedParameters, runConfined, startConfined } from "../../../kernel/src/pack/sandbox/run-code.ts";
import { temporaryFolder } from "../../support/store.ts";

const run = (code: string, more: Partial<Parameters<typeof runConfined>[0]> = {}) =>
  runConfined({
    name: "clinics",
    code,
    columns: ["label", "seen"],
    ask: async (kind, name) => {
      if (name === "ok") return `text of ${kind}`;
      throw new UserError(`${name} was not declared`);
    },
    ...more,
  });

it("gives the rows that the code makes of what it may read", async () => {
  const rows = await run(`async function read({ fetchText, readText }) {
    const [fetched, file] = await Promise.all([fetchText("ok"), readText("ok")]);
    const refused = await readText("/etc/passwd").catch((error) => error.message);
    return [{ label: fetched, seen: 3 }, { label: file }, { label: refused, seen: null }];
  }`);
  expect(rows).toEqual([
    { label: "text of fetch", seen: "3" },
    { label: "text of file", seen: null },
    { label: "/etc/passwd was not declared", seen: null },
  ]);
});

describe("code that wants more", () => {
  const gives = (expression: string) =>
    `async function read() { return [{ label: String(${expression}) }]; }`;

  it.each([
    [
      "Node",
      "[typeof process, typeof require, typeof fetch, typeof Buffer, typeof setTimeout, typeof console]",
    ],
    [
      "memory outside the heap",
      "[typeof ArrayBuffer, typeof Uint8Array, typeof WebAssembly, typeof SharedArrayBuffer]",
    ],
  ])("finds nothing of %s", async (_what, expression) => {
    const [row] = await run(gives(expression));
    expect(row?.label).toMatch(/^(undefined,?)+$/);
  });

  it.each([
    ["makes code of texts", `read.constructor("return process")()`, /Code generation from strings/],
    ["makes code by the global", `globalThis.constructor.constructor("return process")()`, /Code generation/],
    ["imports a module", `await import("node:fs")`, /dynamic import/i],
    [
      "makes code in our realm by way of an error of ours",
      `await import("node:fs").catch((error) => error.constructor.constructor("return process")())`,
      /Code generation/,
    ],
    [
      "makes code in our realm by way of a function of ours",
      `(() => { let caught; const deep = () => { try { deep(); } catch (error) { caught ??= error; } }; deep(); return caught.constructor.constructor("return process")(); })()`,
      /Code generation/,
    ],
  ])("%s, which fails", async (_what, expression, message) => {
    await expect(run(gives(expression))).rejects.toThrow(message);
  });

  it("is stopped when it never ends, and by an interrupt", async () => {
    const loop = "async function read() { for (;;); }";
    await expect(run(loop, { milliseconds: 700 })).rejects.toThrow(
      "The importer clinics took longer than 0.7 s and was stopped",
    );
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await expect(run(loop, { signal: controller.signal })).rejects.toThrow(/abort/i);
  });

  it("is stopped when it takes too much memory", async () => {
    const bomb = `async function read() { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }`;
    await expect(run(bomb)).rejects.toThrow(/ended before it had given rows/);
  });

  it.each([
    ["no list", `{ length: 3 }`, /no list of rows/],
    ["columns of its own", `[{ label: "a", other: 1 }]`, /row 1 has "other", which is not declared/],
    ["a prototype", `[JSON.parse('{"__proto__": {"polluted": 1}}')]`, /"__proto__", which is not declared/],
    ["objects as values", `[{ label: { toString: 1 } }]`, /label of row 1 is neither a text nor a number/],
    ["no number", `[{ seen: "x".repeat(200000) }]`, /longer than 100000 letters/],
  ])("is not taken with %s", async (_what, rows, message) => {
    await expect(run(`async function read() { return ${rows}; }`)).rejects.toThrow(message);
    expect("polluted" in {}).toBe(false);
  });

  it("fools nobody by changing the language it shares with the messages", async () => {
    const rows = await run(`
      JSON.stringify = () => '{"kind":"rows","rows":[{"label":"fooled"}]}';
      Map.prototype.get = () => ({ resolve() {} });
      Object.prototype.polluted = 1;
      async function read({ readText }) { return [{ label: await readText("ok") }]; }`);
    expect(rows).toEqual([{ label: "text of file", seen: null }]);
    expect("polluted" in {}).toBe(false);
  });
});

describe("the process around the realm, without the realm", () => {
  const confined = (code: string) =>
    promisify(execFile)(process.execPath, confinedParameters(code), { env: {} }).then(({ stdout }) => stdout);

  it.each([
    ["reads a file", `import fs from "node:fs"; fs.readFileSync("/etc/hostname")`, "ERR_ACCESS_DENIED"],
    ["writes a file", `import fs from "node:fs"; fs.writeFileSync("leak.txt", "")`, "ERR_ACCESS_DENIED"],
    ["starts a program", `import c from "node:child_process"; c.execFileSync("id")`, "ERR_ACCESS_DENIED"],
    [
      "starts a thread",
      `import w from "node:worker_threads"; new w.Worker("1", { eval: true })`,
      "ERR_ACCESS_DENIED",
    ],
    ["loads an addon", `process.dlopen({ exports: {} }, "x.node")`, "ERR_DLOPEN_DISABLED"],
    ["reaches for Node's inside", `process.binding("fs")`, "ERR_ACCESS_DENIED"],
    ["makes code of a text", `Function("return 1")()`, "EvalError"],
  ])("%s, which is denied", async (_what, code, error) => {
    await expect(confined(code)).rejects.toThrow(error);
  });

  const child = readFileSync(new URL("../../../kernel/dist/pack/sandbox/child.js", import.meta.url), "utf8");

  it.each([
    ["connects", `await fetch("http://127.0.0.1:48123/").catch((error) => { throw error.cause; })`],
    ["connects by http", `(await import("node:http")).get("http://127.0.0.1:48123/")`],
    ["connects by a socket", `net.connect(48123, "127.0.0.1")`],
    ["connects with encryption", `(await import("node:tls")).connect(48123, "127.0.0.1")`],
    ["listens", `net.createServer().listen(0)`],
    ["sends a datagram", `dgram.createSocket("udp4").send("secret", 9, "127.0.0.1")`],
    ["looks up a name", `dns.lookup("secret.example.org", () => 0)`],
    ["looks up a name otherwise", `await dns.promises.resolveTxt("secret.example.org")`],
    ["looks up a name by an own resolver", `new dns.Resolver().resolve4("secret.example.org", () => 0)`],
  ])("%s, which is denied", async (_what, code) => {
    // What it was started with has the sentence as well, and stands in the message.
    await expect(confined(`${child}\n${code}`)).rejects.toMatchObject({
      stderr: expect.stringMatching(/^\s*(\[?cause\]?: )?Error: There is no network here/m),
    });
  });

  it("sends a signal, which is denied", async () => {
    await expect(confined(`${child}\nprocess.kill(process.ppid, 0)`)).rejects.toMatchObject({
      stderr: expect.stringMatching(/^Error: There are no signals here/m),
    });
  });

  it("opens a database, which is denied", async () => {
    const code = `const { DatabaseSync } = await import("node:sqlite"); new DatabaseSync("leak.db")`;
    await expect(confined(code)).rejects.toMatchObject({
      stderr: expect.stringMatching(/ERR_UNKNOWN_BUILTIN_MODULE|ERR_ACCESS_DENIED/),
    });
  });

  it("has none of the files that DuckDB has open here", async () => {
    const folder = temporaryFolder();
    const engine = await openDuckDB();
    const stop = new AbortController();
    const code = `import fs from "node:fs";
      const found = [];
      for (let at = 3; at < 256; at++) {
        const some = Buffer.alloc(4);
        try { fs.readSync(at, some, 0, 4, 0); } catch { continue; }
        found.push(some.toString("latin1"));
      }
      console.log(found.includes("PAR1"));`;
    const said = async (child: ChildProcess) => {
      const parts: string[] = [];
      child.stdout?.on("data", (part) => parts.push(String(part)));
      await once(child, "close");
      return parts.join("").trim();
    };
    try {
      const file = join(folder.path, "secret.parquet");
      await engine.run(`COPY (SELECT range AS n FROM range(2000)) TO '${file}'`);
      const rows = `'${file}'`;
      // It would take hours; the file is open meanwhile.
      const long = engine.query(
        `SELECT count(*) FROM ${rows} a, ${rows} b, ${rows} c, ${rows} d WHERE a.n + b.n + c.n + d.n = 7`,
        { signal: stop.signal },
      );
      const ended = expect(long).rejects.toThrow();
      // Where the system hands files on, the file is open once another process sees it.
      const seen = () => said(spawn(process.execPath, confinedParameters(code), { env: {} }));
      while (process.platform !== "win32" && (await seen()) !== "true");
      expect(await said(startConfined(code))).toBe("false");
      stop.abort();
      await ended;
    } finally {
      stop.abort();
      engine.close();
      folder.remove();
    }
  });

  it("has nothing of our environment", async () => {
    expect(await confined("console.log(Object.keys(process.env).length)")).toBe("0\n");
  });
});
