import { definePreloaded } from "./preloaded.ts";

/** `comms`: messages to and from the front end. */
export const comms = definePreloaded({
  name: "comms",
  summary:
    "comms.open(target, data) and comms.register(target, opened): messages with parts of the front end.",
  load: (session) => session.comms,
});
