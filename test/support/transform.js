import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { transformSync } from "oxc-transform";

const own = readFileSync(new URL(import.meta.url));

/** A jest transformer that strips types with oxc and keeps ES modules as they are. */
export default {
  process(source, file) {
    const { code, map, errors } = transformSync(file, source, {
      sourcemap: true,
      typescript: { onlyRemoveTypeImports: true },
    });
    if (errors.length > 0)
      throw new SyntaxError(errors.map((error) => error.codeframe ?? error.message).join("\n"));
    return { code, map };
  },
  getCacheKey(source, file) {
    return createHash("sha256").update(own).update(file).update(source).digest("hex");
  },
};
