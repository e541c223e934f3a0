import { defineMagic } from "./magic.ts";
import { durationText, meanAndDeviation } from "./timing.ts";

const LEAST_TIME = 200;

/** What `%timeit` has measured, in milliseconds. */
export interface Timing {
  readonly loops: number;
  readonly mean: number;
  readonly deviation: number;
  readonly best: number;
}

/** `%timeit`: how long code takes, measured many times. */
export const timeitMagic = defineMagic({
  name: "timeit",
  kinds: ["line", "cell"],
  summary: "Runs TypeScript many times and tells how long it takes.",
  arguments: [{ name: "code", doc: "TypeScript to run", required: false, rest: true }],
  options: {
    loops: {
      type: "integer",
      letter: "n",
      minimum: 1,
      doc: "runs in one repetition; so many that it takes 0.2 s",
    },
    repeat: {
      type: "integer",
      letter: "r",
      minimum: 1,
      maximum: 1000,
      doc: "repetitions; 7 unless told otherwise",
    },
  },
  line: "typescript",
  body: "typescript",
  examples: ["%timeit -r 3 [3, 1, 2].toSorted()"],
  async run(session, { kind, text, body, row, options, assigned }): Promise<Timing | undefined> {
    const code = kind === "cell" ? { code: body, line: row + 1 } : { code: text, line: row };
    const once = await session.compile(code);
    const loops = options.loops ?? (await loopsFor(once));
    const times: number[] = [];
    for (let round = 0; round < (options.repeat ?? 7); round++) {
      session.signal.throwIfAborted();
      times.push((await timeOf(once, loops)) / loops);
    }
    const timing = { loops, ...meanAndDeviation(times), best: Math.min(...times) };
    if (assigned) return timing;
    const runs = times.length === 1 ? "1 run" : `${times.length} runs`;
    const count = `${runs} of ${loops.toLocaleString("en")} ${loops === 1 ? "loop" : "loops"}`;
    const text_ = `${durationText(timing.mean)} ± ${durationText(timing.deviation)}, best ${durationText(timing.best)}`;
    session.write("stdout", `${text_} (${count})\n`);
    return undefined;
  },
});

async function timeOf(once: () => unknown, loops: number): Promise<number> {
  const started = performance.now();
  for (let loop = 0; loop < loops; loop++) {
    const value = once();
    // Awaiting what is no promise would cost more than most expressions.
    if (value instanceof Promise) await value;
  }
  return performance.now() - started;
}

/** So many loops that a repetition takes long enough to be measured. */
async function loopsFor(once: () => unknown): Promise<number> {
  for (let loops = 1; ; loops *= 10) {
    if ((await timeOf(once, loops)) >= LEAST_TIME / 10 || loops >= 1e9) return loops;
  }
}
