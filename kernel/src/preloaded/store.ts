import { noteSeen } from "../engine/seen.ts";
import { definePreloaded } from "./preloaded.ts";

/** `store`: the notebook's store. */
export const store = definePreloaded({
  name: "store",
  summary: "The notebook's store: store.catalogue() tells what it holds.",
  async load(session) {
    const opened = await session.store();
    // Its engine answers past the labels.
    for (const { manifest } of opened.datasets()) noteSeen({ name: manifest.title, access: manifest.access });
    return opened;
  },
});
