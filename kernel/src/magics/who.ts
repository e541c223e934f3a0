import { defineMagic } from "./magic.ts";

/** `%who`: names of variables. */
export const whoMagic = defineMagic({
  name: "who",
  kinds: ["line"],
  summary: "Lists the names of the notebook's variables.",
  arguments: [],
  options: {},
  examples: ["%who"],
  run(session, { assigned }): string[] | undefined {
    const names = session.variables.names().sort();
    if (assigned) return names;
    session.write("stdout", names.length > 0 ? `${names.join("  ")}\n` : "There are no variables yet.\n");
    return undefined;
  },
});
