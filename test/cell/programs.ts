/** A random number from 0 up to 1, the same sequence for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Few names, so that inner scopes often declare again what the top level has. */
const POOL = [
  "a",
  "b",
  "c",
  "map",
  "name",
  "$x",
  "x",
  "process",
  "of",
  "async",
  "get",
  "Map",
  "v",
  "E",
  "await1",
];

interface Scope {
  readonly names: Map<string, "const" | "let">;
  /** Names that are declared here, but later: reading them now would fail. */
  readonly pending: Set<string>;
}

/**
 * Makes programs of many kinds of statements whose result does not depend on how they are cut into cells: a name is read
 * only after its declaration, and every value can stand everywhere (`num` and `str` make numbers and texts of anything).
 */
export class ProgramMaker {
  readonly #random: () => number;
  readonly #scopes: Scope[] = [{ names: new Map(), pending: new Set() }];
  #depth = 0;
  #made = 0;
  #inAsync = true;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  /** Statements of the top level. */
  make(count: number): string[] {
    const statements = Array.from({ length: count }, () => this.#topStatement());
    const names = [...(this.#scopes[0]?.names.keys() ?? [])];
    return [...statements, ...names.map((name) => `log(${JSON.stringify(name)}, typeof ${name}, ${name});`)];
  }

  /** Cuts statements into cells. */
  cut(statements: readonly string[]): string[] {
    const cells: string[][] = [[]];
    for (const statement of statements) {
      if (this.#chance(0.5)) cells.push([]);
      cells.at(-1)?.push(statement);
    }
    return cells.filter((cell) => cell.length > 0).map((cell) => cell.join("\n"));
  }

  #topStatement(): string {
    const name = this.#freeName();
    if (name !== undefined && this.#chance(0.6)) return this.#declaration(name);
    return this.#statement();
  }

  /** A name that the top level does not have yet. */
  #freeName(): string | undefined {
    const free = POOL.filter((name) => !this.#scopes[0]?.names.has(name));
    return free.length > 0 ? this.#pick(free) : undefined;
  }

  #declaration(name: string): string {
    const declare = (kind: "const" | "let", text: string) => {
      this.#scopes.at(-1)?.names.set(name, kind);
      return text;
    };
    const forms: (() => string)[] = [
      () => declare("const", `const ${name}: any = ${this.#value()};`),
      () => declare("let", `let ${name} = ${this.#value()} as unknown as number;`),
      () => declare("let", `let ${name}; ${name} = ${this.#value()};`),
      () => declare("let", `var ${name} = ${this.#value()};`),
      () => declare("let", `if (true) { var ${name} = ${this.#value()} }`),
      () => declare("let", `for (var ${name} = 0; ${name} < 2; ${name}++) {}`),
      () => declare("let", `for (var ${name} of [${this.#value()}, 1]) {}`),
      () =>
        declare("const", `const { p: ${name} = ${this.#value()} } = { q: 1 } as { p?: unknown, q: number };`),
      () => declare("let", `let [, ${name} = ${this.#value()}] = [1];`),
      () =>
        declare(
          "const",
          `const { q: [{ r: ${name} }], ...rest${++this.#made} } = { q: [{ r: ${this.#value()} }], s: 2 };`,
        ),
      () => declare("let", this.#functionDeclaration(name)),
      () => declare("let", this.#classDeclaration(name)),
      () => declare("let", `enum ${name} { One = 1, Two = One << 2, Three, Text = "t" }`),
      () =>
        declare(
          "let",
          `namespace ${name} { export const inner = ${this.#value()}; const hidden = inner; export function give() { return hidden } }`,
        ),
      () => declare("const", `const ${name} = <T,>(x: T) => ${this.#closed(["x"])};`),
      () => declare("const", `export const ${name} = ${this.#value()};`),
      () => declare("const", `import * as ${name} from "node:path";`),
      () => declare("const", `import { sep as ${name} } from "node:path";`),
      () => declare("const", `const ${name} = await Promise.all([${this.#value()}, ${this.#value()}]);`),
    ];
    return this.#pick(forms)();
  }

  #statement(): string {
    if (this.#depth > 3) return `log(${this.#value()});`;
    const forms: (() => string)[] = [
      () => `log(${this.#value()}, ${this.#value()});`,
      () => this.#assignment(),
      () => this.#assignment(),
      () => `if (num(${this.#value()}) > ${this.#int()}) ${this.#block()} else ${this.#block()}`,
      () => `for (let i = 0; i < 3; i++) ${this.#block(["i"])}`,
      () => {
        const [first, second] = [this.#pick(POOL), `w${++this.#made}`];
        const value = this.#before([first, second]);
        return `for (const [${first}, ${second}] of [[1, ${value}], [2, 3]]) ${this.#block([first, second])}`;
      },
      () => {
        const key = this.#pick(POOL);
        return `for (const ${key} in { k: 1, l: 2 }) ${this.#block([key])}`;
      },
      () => {
        const caught = this.#pick(POOL);
        return `try { ${this.#body()} throw new Error("t") } catch (${caught}) { ${this.#block([caught])} } finally ${this.#block()}`;
      },
      () => {
        const label = `label${++this.#made}`;
        return `${label}: for (let i = 0; i < 3; i++) { for (;;) { if (i === 1) continue ${label}; ${this.#inner(["i"], () => this.#statement())} break ${label}; } }`;
      },
      () =>
        `switch (num(${this.#value()}) % 3) { case 0: ${this.#inner([], () => this.#statement())} case 1: { ${this.#body()} break } default: log("default") }`,
      () => `do { ${this.#body()} } while (false)`,
      () => `{ ${this.#body()} }`,
      () => `log(((x) => ${this.#closed(["x"])})(${this.#value()}));`,
      () => this.#immediate(),
      () => `{ using held = { [Symbol.dispose]() { log("disposed", ${this.#value()}) } }; ${this.#body()} }`,
      () => `log(tag\`a\${${this.#value()}}b\${${this.#value()}}\`);`,
      () => `log(...[${this.#value()}, ${this.#value()}].map((x, i) => ${this.#closed(["x", "i"])}));`,
      () => `log(num(${this.#value()})\n  % (1 + num(${this.#value()})));`,
      ...(this.#inAsync
        ? [
            () =>
              `for await (const item of [1, Promise.resolve(${this.#before(["item"])})]) ${this.#block(["item"])}`,
            () => `log(await (async () => ${this.#value()})());`,
          ]
        : []),
    ];
    return this.#pick(forms)();
  }

  #immediate(): string {
    const body = this.#closed(["x"], () => `{ ${this.#body()} } return ${this.#value()}`);
    return `log((function ${this.#pick(POOL)}x(x) { ${body} })(${this.#int()}));`;
  }

  #assignment(): string {
    const names = this.#visible("let");
    if (names.length === 0) return `log(${this.#value()});`;
    const [name, other] = [this.#pick(names), this.#pick(names)];
    const forms = [
      () => `${name} = ${this.#value()} as any;`,
      () => `${name} = num(${name}) as any; ${name} += num(${this.#value()});`,
      () => `${name} = num(${name}) as any; ${name}++; --${name};`,
      () => `${name} ??= ${this.#value()}; ${name} ||= ${this.#value()}; ${name} &&= ${this.#value()};`,
      () => `[${name}, ${other}] = [${this.#value()}, ${this.#value()}] as any;`,
      () => `({ p: ${name}, q: [${other} = ${this.#value()}] } = { p: ${this.#value()}, q: [] } as any);`,
      () => `({ ${name} = ${this.#value()} } = {} as any);`,
      () =>
        `for (${[name, other].find((one) => one !== "async") ?? "globalThis.other"} of [1, ${this.#value()}] as any[]) log(${name});`,
      () => `(${name} as any) = ${this.#value()};`,
    ];
    return this.#pick(forms)();
  }

  #functionDeclaration(name: string): string {
    return this.#pick([
      () =>
        `function ${name}(x: number = ${this.#int()}) { ${this.#closed(["x"], () => `{ ${this.#body()} } return ${this.#value()}`)} }`,
      () =>
        `function* ${name}() { yield 1; const got = yield* [2, 3]; ${this.#closed([], () => this.#body())} }`,
      () => `async function ${name}() { return 1 }`,
      () =>
        `function ${name}<T>(this: any, ...x: T[]): unknown { return [this === undefined, arguments.length] }`,
    ])();
  }

  #classDeclaration(name: string): string {
    const member = this.#closed();
    return this.#pick([
      () =>
        `class ${name} { static made = ${this.#closed()}; #own = 1; constructor(readonly p: number = 2) {} get own() { return this.#own + num(${member}) } static { log("made", typeof ${name}) } }`,
      () =>
        `abstract class ${name} { declare t: string; field = ${member}; ["computed" + ${this.#int()}]() { return ${member} } static async *all() { yield ${name}.length } }`,
      () =>
        `class ${name} extends class { base() { return ${member} } } { base() { return [super.base(), ${name}.name] } }`,
    ])();
  }

  #value(): string {
    if (this.#depth > 3) return this.#leaf();
    this.#depth += 1;
    const text = this.#pick([
      () => this.#leaf(),
      () => this.#leaf(),
      () =>
        `num(${this.#value()}) ${this.#pick(["+", "-", "*", "%", "<", "===", "&", "|"])} num(${this.#value()})`,
      () => `(num(${this.#value()}) > 1 ? ${this.#value()} : ${this.#value()})`,
      () => `str(${this.#value()}) + ${JSON.stringify(this.#pick(["", "a b", "%who", "// no", "`"]))}`,
      () => `\`t\${str(${this.#value()})} %who\``,
      () => `[${this.#value()}, ...[${this.#value()}]]`,
      () =>
        `{ ${this.#shorthand()} k: ${this.#value()}, get g() { return ${this.#closed()} }, m(x) { return ${this.#closed(["x"])} } }.k`.replace(
          /^(.*)$/s,
          "($1)",
        ),
      () => `((x: any, y = ${this.#before(["y"])}) => ${this.#closed(["x", "y"])})(${this.#value()})`,
      () => `(typeof ${this.#name()})`,
      () => `/[/%who]+/g.source`,
      () => `(${this.#name()} as any)?.p?.[0]`,
      () => `named(() => ${this.#closed()})`,
      () => `num(${this.#value()})!`,
      () => `(${this.#value()}, ${this.#value()})`,
      () => `({ ${this.#shorthand()} }) satisfies object`.replace(/^(.*)$/s, "($1)"),
    ])();
    this.#depth -= 1;
    return text;
  }

  #leaf(): string {
    return this.#pick([
      () => this.#name(),
      () => this.#name(),
      () => String(this.#int()),
      () => JSON.stringify("s"),
    ])();
  }

  #shorthand(): string {
    const name = this.#pick(this.#visible());
    return name === undefined ? "" : `${name},`;
  }

  #name(): string {
    return this.#pick(this.#visible()) ?? "undefined";
  }

  /** Code that may run later, in which outer constants and variables can be read, but nothing may be awaited. */
  #closed(names: readonly string[] = [], make = () => this.#value()): string {
    const isAsync = this.#inAsync;
    this.#inAsync = false;
    const text = this.#inner(names, make);
    this.#inAsync = isAsync;
    return text;
  }

  #block(names: readonly string[] = []): string {
    return `{ ${this.#inner(names, () => this.#body())} }`;
  }

  /** Statements in a scope of their own that begin with declarations, often of names that the top level has. */
  #body(): string {
    return this.#inner([], () => {
      const name = this.#chance(0.5) ? this.#pick(POOL) : undefined;
      const scope = this.#scopes.at(-1);
      const parts: string[] = [];
      if (name !== undefined && scope) {
        const value = this.#before([name]);
        scope.names.set(name, "let");
        const form = this.#pick(["let", "let", "class", "function"]);
        if (form === "let") parts.push(`let ${name}: any = ${value};`);
        else if (form === "class") parts.push(`class ${name} { p = ${this.#int()} }`);
        else parts.push(`function ${name}() { return ${this.#int()} }`);
      }
      for (let count = this.#int() % 3; count >= 0; count--) parts.push(this.#statement());
      return parts.join(" ");
    });
  }

  /** A value that does not read names which are about to be declared. */
  #before(names: readonly string[]): string {
    const pending = this.#scopes.at(-1)?.pending;
    for (const name of names) pending?.add(name);
    const text = this.#value();
    for (const name of names) pending?.delete(name);
    return text;
  }

  #inner(names: readonly string[], make: () => string): string {
    this.#depth += 1;
    this.#scopes.push({
      // A counter that is set back would count for ever.
      names: new Map(names.map((name) => [name, name === "i" ? "const" : "let"])),
      pending: new Set(),
    });
    const text = make();
    this.#scopes.pop();
    this.#depth -= 1;
    return text;
  }

  /** Names that can be read here, or assigned to. */
  #visible(kind?: "let"): string[] {
    const names = new Map<string, "const" | "let">();
    for (const scope of this.#scopes) {
      for (const [name, its] of scope.names) names.set(name, its);
      for (const name of scope.pending) names.delete(name);
    }
    return [...names].filter(([, its]) => kind === undefined || its === kind).map(([name]) => name);
  }

  #int(): number {
    return Math.floor(this.#random() * 7);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#random() * values.length)] as Value;
  }
}
