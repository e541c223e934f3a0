import { nearestNames } from "../nearest.ts";
import type { Catalogue } from "../store/store.ts";
import type { Contract, ContractAttribute } from "./contract.ts";

/** Something that a contract asks for and the store has not, or has otherwise. */
export interface Mismatch {
  /** Subject type and attribute, or the subject type alone. */
  readonly name: string;
  readonly problem: string;
  /** Nearest names that the store has. */
  readonly near: readonly string[];
}

/** What a store lacks of the inputs of a contract that its user brings himself; public inputs are imported by the recipes. */
export function checkContract({ inputs }: Contract, catalogue: Catalogue): Mismatch[] {
  return inputs
    .filter(({ access }) => access !== "public")
    .flatMap(({ provider, subjectType, attributes }): Mismatch[] => {
      const types = catalogue.subjectTypes.filter((type) => type.provider === provider);
      if (!types.some(({ label }) => label === subjectType)) {
        const near = nearestNames(
          subjectType,
          types.map(({ label }) => label),
        );
        return [{ name: subjectType, problem: "is not in the store", near }];
      }
      return attributes.flatMap((attribute) => checkAttribute(subjectType, attribute, catalogue));
    });
}

function checkAttribute(
  subjectType: string,
  { provider, label, values, unit }: ContractAttribute,
  { attributes }: Catalogue,
): Mismatch[] {
  const name = `${subjectType}: ${label}`;
  const owned = attributes.filter((attribute) => attribute.provider === provider);
  const found = owned.find((attribute) => attribute.label === label);
  if (!found)
    return [
      {
        name,
        problem: "is missing",
        near: nearestNames(
          label,
          owned.map((each) => each.label),
        ),
      },
    ];
  if (found.values !== values)
    return [
      { name, problem: values === "timed" ? "has no times" : "has times, and none are expected", near: [] },
    ];
  if (unit !== undefined && found.unit !== undefined && found.unit !== unit)
    return [{ name, problem: `is in ${found.unit}, and ${unit} is expected`, near: [] }];
  return [];
}

/** Mismatches as a table in Markdown. */
export function describeMismatches(mismatches: readonly Mismatch[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = mismatches.map(
    ({ name, problem, near }) => `| ${cell(name)} | ${problem} | ${cell(near.join(", "))} |`,
  );
  return [
    "The files do not fit the pack's contract yet; nothing was computed.",
    ["| column | problem | near names |", "|---|---|---|", ...rows].join("\n"),
    "Rename the columns in the file, or name them with `--label`, `--x`, `--y` and `--when`, and `%bind` again.",
  ].join("\n\n");
}
