import { definePreloaded } from "./preloaded.ts";

/** `input`: asks the person at the notebook. */
export const input = definePreloaded({
  name: "input",
  summary: 'await input("Your name?") asks for a line of text; { password: true } hides what is typed.',
  load:
    (session) =>
    (question = "", options: { readonly password?: boolean } = {}) =>
      session.ask(question, options.password === true),
});
