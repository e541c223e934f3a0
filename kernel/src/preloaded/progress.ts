import { definePreloaded } from "./preloaded.ts";

/** `progress`: how far a loop is. */
export const progress = definePreloaded({
  name: "progress",
  summary:
    "for (const row of progress(rows)) shows how far a loop is; progress.bar(total) is a bar to move oneself.",
  async load(session) {
    const { progressOf } = await import("../display/progress-bar.ts");
    return progressOf(session);
  },
});
