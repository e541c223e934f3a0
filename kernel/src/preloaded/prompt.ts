import { definePreloaded } from "./preloaded.ts";

/** `prompt`: asks and waits, as in a browser. */
export const prompt = definePreloaded({
  name: "prompt",
  summary: "prompt(question, initial) asks for a line of text and blocks until it is there.",
  load:
    (session) =>
    (question = "", initial = "") =>
      session.askAndWait(initial === "" ? question : `${question} [${initial}]`, false) || initial,
});
