import { definePreloaded } from "./preloaded.ts";

/** `display`: shows a value in the middle of a cell. */
export const display = definePreloaded({
  name: "display",
  summary:
    "display(value) shows a value; the handle it gives has update(value) and clear(). display.register teaches a form.",
  async load(session) {
    const { formatters } = await import("../display/formatters.ts");
    return Object.assign((value: unknown) => session.display(value), {
      /** Shows values that pass a test in a form of one's own: a MIME bundle, or a record of MIME types. */
      register: formatters.register,
    });
  },
});
