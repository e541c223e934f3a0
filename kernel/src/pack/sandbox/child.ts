import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";
import { createInterface } from "node:readline";
import vm from "node:vm";

/*
 * The process that runs the code of a pack's importer. It is started without any permission of Node's permission model and
 * reads this text from its command line, so that it needs no file. The code runs in a realm of its own that has the
 * language and nothing of Node; what it asks for goes to the parent as a line of JSON, and the parent decides. This file
 * imports only `node:` modules.
 */

removeNetwork();
removeSignals();

const realm = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });

/** Runs inside the realm, so that the code meets no object of this one: `send` takes and gives texts alone. */
const BOOTSTRAP = `(function (send) {
  "use strict";
  for (const name of ["console", "ArrayBuffer", "SharedArrayBuffer", "Atomics", "DataView", "WebAssembly", "FinalizationRegistry", "WeakRef",
    ...Object.getOwnPropertyNames(globalThis).filter((name) => /^(Big)?(Int|Uint|Float)\\d+(Clamped)?Array$/.test(name))])
    delete globalThis[name];
  const { parse, stringify } = JSON;
  const waiting = new Map();
  const [get, set, forget] = ["get", "set", "delete"].map((name) => Map.prototype[name].bind(waiting));
  const PromiseHere = Promise, ErrorHere = Error, textOf = String;
  let last = 0;
  const ask = (kind, name) => new PromiseHere((resolve, reject) => {
    set(++last, { resolve, reject });
    send(stringify({ kind, id: last, name: textOf(name) }));
  });
  const tell = (message) => send(stringify(message));
  return {
    answer(line) {
      const { id, text, error } = parse(line);
      const call = get(id);
      forget(id);
      if (error === undefined) call?.resolve(text); else call?.reject(new ErrorHere(error));
    },
    async run() {
      try {
        const rows = await globalThis.read({ fetchText: (address) => ask("fetch", address), readText: (file) => ask("file", file) });
        tell({ kind: "rows", rows });
      } catch (error) {
        let message = "it failed";
        try { message = textOf(error?.message ?? error); } catch { /* an error that cannot be read tells nothing */ }
        tell({ kind: "failed", message });
      }
    },
  };
})`;

const send = (text: unknown): void => {
  process.stdout.write(`${String(text)}\n`);
};

let answer: ((line: string) => void) | undefined;

createInterface({ input: process.stdin }).on("line", (line) => {
  if (answer) answer(line);
  else begin(line);
});

function begin(code: string): void {
  const inside: { answer(line: string): void; run(): void } = vm.runInContext(BOOTSTRAP, realm)(send);
  answer = inside.answer;
  try {
    vm.runInContext(JSON.parse(code), realm, { filename: "importer" });
  } catch (error) {
    send(JSON.stringify({ kind: "failed", message: messageOf(error) }));
    return;
  }
  inside.run();
}

function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : "it failed";
}

/** The permission model lets a process send signals to others, such as the one that has started it. */
function removeSignals(): void {
  const refuse = (): never => {
    throw new Error("There are no signals here");
  };
  for (const name of ["kill", "_kill", "_debugProcess"])
    Object.defineProperty(process, name, { value: refuse, writable: false, configurable: false });
}

/** Node's permission model knows no network before Node 25: here nothing can connect, listen, send or look up a name. */
function removeNetwork(): void {
  // Some of it is called with "new", which no arrow function can be.
  function refuse(): never {
    throw new Error("There is no network here");
  }
  const take = (from: object, names: readonly string[]): void => {
    for (const name of names)
      Object.defineProperty(from, name, { value: refuse, writable: false, configurable: false });
  };
  const functionsOf = (from: object): string[] =>
    Object.entries(from).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
  take(net.Socket.prototype, ["connect"]);
  take(net.Server.prototype, ["listen"]);
  take(dgram.Socket.prototype, ["bind", "connect", "send"]);
  take(dns, functionsOf(dns));
  take(dns.promises, functionsOf(dns.promises));
}
