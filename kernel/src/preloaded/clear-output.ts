import { definePreloaded } from "./preloaded.ts";

/** `clearOutput`: takes back what the cell has shown. */
export const clearOutput = definePreloaded({
  name: "clearOutput",
  summary:
    "clearOutput() takes away what the cell has shown; clearOutput(true) does when the next output comes.",
  load: (session) => (wait?: boolean) => session.clearOutput(wait),
});
