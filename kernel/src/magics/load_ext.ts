import { UserError } from "../errors.ts";
import { defineMagic, type Magic } from "./magic.ts";

/** `%load_ext`: magics of a package. */
export const loadExtMagic = defineMagic({
  name: "load_ext",
  kinds: ["line"],
  summary: "Adds the magics that an npm package, or a file of one's own, exports.",
  arguments: [
    { name: "module", doc: "the package, or a path such as ./magics.ts", required: true, completes: "file" },
  ],
  options: {},
  examples: ["%load_ext ./magics.ts"],
  async run(session, { words: [specifier = ""] }) {
    const found = magicsIn(await session.load(specifier));
    if (found.length === 0) {
      throw new UserError(`"${specifier}" exports no magics`, {
        where: specifier,
        hint: "A magic is what defineMagic of the package tombolo gives.",
      });
    }
    for (const magic of found) session.magics.add(magic);
    const names = found.map(({ name, kinds }) => `${kinds.includes("line") ? "%" : "%%"}${name}`);
    session.write("stdout", `Added ${names.join(", ")}\n`);
  },
});

/** Magics among the exports of a module, also in lists such as `export const magics = […]`. */
function magicsIn(module: unknown): Magic[] {
  if (typeof module !== "object" || module === null) return [];
  const values: unknown[] = Object.values(module);
  return [...new Set(values.flat().filter(isMagic))];
}

function isMagic(value: unknown): value is Magic {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "kinds" in value &&
    Array.isArray(value.kinds) &&
    "options" in value &&
    "run" in value &&
    typeof value.run === "function"
  );
}
