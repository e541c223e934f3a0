import { setTimeout as delay } from "node:timers/promises";
import { compileCell } from "./compile.ts";

/** What people write, in short: what compiles it has to be used a few times before the engine makes it quick. */
const SAMPLE = `interface Row { readonly id: string; readonly values: readonly number[] }
import { readFile } from "node:fs/promises";
const rows: Row[] = Array.from({ length: 3 }, (_, index) => ({ id: \`r\${index}\`, values: [index] }));
function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length > 0 ? sum / values.length : Number.NaN;
}
class Index<Value extends { readonly id: string }> {
  readonly #values = new Map<string, Value>();
  add(...values: readonly Value[]): this {
    for (const value of values) this.#values.set(value.id, value);
    return this;
  }
}
const [first, ...others] = rows.map(({ id, values }) => ({ id, mean: mean(values) }));
let text = await Promise.resolve("x");
text += first?.id ?? "none";
for (let i = 0; i < others.length; i++) console.log(i, others[i]!.mean.toFixed(2));
try { JSON.parse(text); } catch (error) { console.error(error); }
new Index<Row>().add(...rows);`;

const ROUNDS = 4;

/** Milliseconds between two rounds, in which a cell can come before. */
const PAUSE = 15;

/** Compiles a sample while nothing else is to be done, and runs nothing of it; stops when asked whether it should. */
export async function warmUp(isNeeded: () => boolean): Promise<void> {
  const options = { url: "file:///sample.ts", isShared: () => false, isMagic: () => false };
  for (let round = 0; round < ROUNDS; round++) {
    await delay(PAUSE, undefined, { ref: false });
    if (!isNeeded()) return;
    compileCell(`${SAMPLE}\n${round}`, options);
  }
}
