import { definePreloaded } from "./preloaded.ts";

/** `confirm`: asks yes or no and waits, as in a browser. */
export const confirm = definePreloaded({
  name: "confirm",
  summary: "confirm(question) asks yes or no and blocks until it is answered.",
  load:
    (session) =>
    (question = "") =>
      /^\s*y(es)?\s*$/i.test(session.askAndWait(`${question} [y/N]`, false)),
});
