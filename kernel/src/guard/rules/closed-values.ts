import { accessOf, defineRule } from "../rule.ts";

/** Outputs labelled as not public that hold more than a placeholder. */
export const closedValues = defineRule({
  name: "closed-values",
  doc: "An output of data that is not public holds its title and a reference, nothing else.",
  closedOnly: false,
  find({ data }) {
    const values = Object.entries(data).filter(([, value]) => accessOf(value) === "closed");
    if (values.length === 0) return undefined;
    const pictures = Object.keys(data).filter((type) =>
      /^(image|text\/html|application\/vnd\.vega)/.test(type),
    );
    const full = values.some(
      ([, value]) => typeof value === "object" && value !== null && !("live" in value),
    );
    if (!full && pictures.length === 0) return undefined;
    return `an output labelled as not public that holds ${full ? "its values" : pictures.join(", ")}`;
  },
});
