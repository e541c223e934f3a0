import { definePreloaded } from "./preloaded.ts";

/** `magic`: any magic as a function. */
export const magic = definePreloaded({
  name: "magic",
  summary: 'await magic("name", "words --options", body) runs a magic.',
  load:
    (session) =>
    async (name: string, line = "", body?: string): Promise<unknown> => {
      const { runMagic } = await import("../magics/dispatch.ts");
      const kind = body === undefined ? "line" : "cell";
      return runMagic(session, { name, kind, line, ...(body !== undefined && { body }) });
    },
});
