import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";

/** `%%markdown`: the lines below as Markdown. */
export const markdownMagic = defineMagic({
  name: "markdown",
  kinds: ["cell"],
  summary: "Shows the lines below it as Markdown.",
  arguments: [],
  options: {},
  body: "markdown",
  examples: ["%%markdown", "# A heading"],
  typescript: ({ body }) => `md\`${body.trimEnd().replace(/[\\`]|\$\{/g, "\\$&")}\`;`,
  run: (_session, { body }) => markdown(body),
});
