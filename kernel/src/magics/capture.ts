import { defineMagic } from "./magic.ts";

/** `%%capture`: output into a variable. */
export const captureMagic = defineMagic({
  name: "capture",
  kinds: ["cell"],
  summary: "Runs the lines below it and keeps what they print and show: in a variable, or nowhere.",
  arguments: [
    {
      name: "variable",
      doc: "the variable that takes { stdout, stderr, outputs }",
      required: false,
      completes: "variable",
    },
  ],
  options: {},
  body: "typescript",
  examples: ["%%capture printed", "console.log('into the variable')"],
  async run(session, { words: [name], body, row }) {
    const captured = await session.capture(() => session.evaluate({ code: body, line: row + 1 }));
    if (name !== undefined) session.variables.set(name, captured);
  },
});
