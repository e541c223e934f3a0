import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { defineMagic } from "./magic.ts";
import { literal } from "./typescript.ts";

/** `%env`: variables of the environment. */
export const envMagic = defineMagic({
  name: "env",
  kinds: ["line"],
  summary:
    "Sets a variable of the environment, tells one, or lists their names; values are not listed, they may be secret.",
  arguments: [{ name: "assignment", doc: "NAME or NAME=value", required: false, rest: true }],
  options: {},
  examples: ["%env LANG"],
  typescript({ words }) {
    const [name = "", value] = words.join(" ").split(/=(.*)/s);
    if (name === "") return "Object.keys(process.env);";
    const place = `process.env[${literal(name)}]`;
    return value === undefined ? `${place};` : `${place} = ${literal(value)};`;
  },
  run(session, { words, assigned }): string | undefined {
    const [name = "", value] = words.join(" ").split(/=(.*)/s);
    if (name === "") {
      session.write("stdout", `${Object.keys(process.env).sort().join("\n")}\n`);
      return undefined;
    }
    if (value !== undefined) process.env[name] = value;
    const known = process.env[name];
    if (known === undefined) {
      const hint = didYouMean(name, Object.keys(process.env));
      throw new UserError(`There is no ${name} in the environment`, { where: name, hint });
    }
    if (assigned) return known;
    if (value === undefined) session.write("stdout", `${known}\n`);
    return undefined;
  },
});
