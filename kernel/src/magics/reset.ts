import { defineMagic } from "./magic.ts";

/** `%reset`: forgets variables. */
export const resetMagic = defineMagic({
  name: "reset",
  kinds: ["line"],
  summary: "Forgets all variables of the notebook; the store, timers and imported modules stay.",
  arguments: [],
  options: {},
  examples: ["%reset"],
  run(session) {
    const count = session.variables.names().length;
    session.variables.clear();
    session.write("stdout", `${count} ${count === 1 ? "variable" : "variables"} forgotten.\n`);
  },
});
