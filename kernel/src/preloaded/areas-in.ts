import { definePreloaded } from "./preloaded.ts";

/** `areasIn`: which areas lie in another. */
export const areasIn = definePreloaded({
  name: "areasIn",
  summary:
    'await areasIn("Leeds", "lsoa") gives code and name of the neighbourhoods of Leeds that are in the store.',
  async load(session) {
    const { findArea } = await import("../importers/areas/find-area.ts");
    const { areasWithin } = await import("../importers/areas/members.ts");
    return async (words: string, subjectType: string) => {
      const store = await session.store();
      return areasWithin(subjectType, await findArea(words, store), store);
    };
  },
});
