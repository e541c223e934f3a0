import { definePreloaded } from "./preloaded.ts";

/** `store`: the notebook's store. */
export const store = definePreloaded({
  name: "store",
  summary: "The notebook's store: store.catalogue() tells what it holds.",
  load: (session) => session.store(),
});
