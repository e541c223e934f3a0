import { definePreloaded } from "./preloaded.ts";

/** `findArea`: an area by words. */
export const findArea = definePreloaded({
  name: "findArea",
  summary: 'await findArea("Leeds") gives the kind, the name and all codes of an area.',
  async load(session) {
    const { findArea } = await import("../importers/areas/find-area.ts");
    return async (words: string) => findArea(words, await session.store());
  },
});
