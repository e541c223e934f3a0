import { savedPartOfClosed } from "@tombolo/bundle/closed-output";
import { defineRule } from "../rule.ts";

/** Outputs labelled as not public that hold more than a placeholder. */
export const closedValues = defineRule({
  name: "closed-values",
  doc: "An output of data that is not public holds a reference, and words that stand in the notebook anyway: nothing else.",
  closedOnly: false,
  find(output, written) {
    const saved = savedPartOfClosed(output, written);
    if (!saved) return undefined;
    const others = Object.keys(output.data).filter((type) => !(type in saved));
    const what = others.length > 0 ? others.join(", ") : "more than its placeholder";
    return `an output that is not labelled as public and holds ${what}`;
  },
});
