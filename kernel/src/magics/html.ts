import { defineMagic } from "./magic.ts";

/** `%%html`: the lines below as HTML. */
export const htmlMagic = defineMagic({
  name: "html",
  kinds: ["cell"],
  summary: "Shows the lines below it as HTML.",
  arguments: [],
  options: {},
  body: "html",
  examples: ["%%html", "<b>bold</b>"],
  typescript: ({ body }) => `html\`${body.trimEnd().replace(/[\\`]|\$\{/g, "\\$&")}\`;`,
  run: (_session, { body }) => ({ data: { "text/html": body, "text/plain": body } }),
});
