import { defineMagic } from "./magic.ts";
import { durationText } from "./timing.ts";

/** `%time`: how long code takes. */
export const timeMagic = defineMagic({
  name: "time",
  kinds: ["line", "cell"],
  summary: "Runs TypeScript and tells how long it took; its value is the value of the magic.",
  arguments: [{ name: "code", doc: "TypeScript to run", required: false, rest: true }],
  options: {},
  line: "typescript",
  runsCode: true,
  body: "typescript",
  examples: ["%time [3, 1, 2].toSorted()"],
  typescript: ({ text, body }) => `console.time();\n${(body || text).trimEnd()}\nconsole.timeEnd();`,
  async run(session, { kind, text, body, row }) {
    const before = process.cpuUsage();
    const started = performance.now();
    try {
      return await session.evaluate(
        kind === "cell" ? { code: body, line: row + 1 } : { code: text, line: row },
      );
    } finally {
      const took = performance.now() - started;
      const { user, system } = process.cpuUsage(before);
      session.write("stdout", `CPU ${durationText((user + system) / 1000)}, wall ${durationText(took)}\n`);
    }
  },
});
