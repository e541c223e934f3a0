import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { defineMagic } from "./magic.ts";
import { callText, literal } from "./typescript.ts";

/** `%%writefile`: the lines below as a file. */
export const writefileMagic = defineMagic({
  name: "writefile",
  kinds: ["cell"],
  summary: "Writes the lines below it to a file.",
  arguments: [{ name: "file", doc: "the file to write", required: true, completes: "file" }],
  options: { append: { type: "flag", letter: "a", doc: "add to what the file holds already" } },
  body: "text",
  examples: ["%%writefile helpers.ts", "export const twice = (n: number) => 2 * n;"],
  typescript: ({ words: [file], options, body }) =>
    `import { ${options.append ? "appendFileSync" : "writeFileSync"} } from "node:fs";\n` +
    `${callText(options.append ? "appendFileSync" : "writeFileSync", [literal(file), literal(body)])};`,
  run(session, { words: [file = ""], options, body }) {
    const path = resolve(session.folder, file);
    const verb = options.append ? "Added to" : existsSync(path) ? "Replaced" : "Wrote";
    mkdirSync(dirname(path), { recursive: true });
    (options.append ? appendFileSync : writeFileSync)(path, body);
    session.write("stdout", `${verb} ${file}\n`);
  },
});
