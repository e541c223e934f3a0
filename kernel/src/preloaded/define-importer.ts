import { addImporter } from "../importers/find.ts";
import { declareOwn, type OwnImporter } from "../importers/own/declare.ts";
import { definePreloaded } from "./preloaded.ts";

/** `defineImporter`: an importer of one's own. */
export const defineImporter = definePreloaded({
  name: "defineImporter",
  summary:
    "defineImporter({ id, file, subjects, rows }) makes an importer of one's own, which %import then knows.",
  load:
    () =>
    (own: OwnImporter): void => {
      addImporter(declareOwn(own));
    },
});
