import { markdownTable } from "../markdown.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { describeValue } from "./values.ts";

/** `%whos`: variables with types and sizes. */
export const whosMagic = defineMagic({
  name: "whos",
  kinds: ["line"],
  summary:
    "Lists the notebook's variables with their types and sizes; values stay out of the saved notebook.",
  arguments: [],
  options: {},
  examples: ["%whos"],
  run(session) {
    const { variables } = session;
    const rows = variables
      .names()
      .sort()
      .map((name) => {
        const { type, size } = describeValue(variables.get(name));
        return [name, type, size];
      });
    if (rows.length === 0) return markdown("There are no variables yet.");
    return markdown(markdownTable(["variable", "type", "size"], rows));
  },
});
