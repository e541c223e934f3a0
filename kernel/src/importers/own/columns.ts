import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { type NumberFormat, numberFormatOf } from "./number-format.ts";
import type { OwnFileOptions } from "./options.ts";
import type { ColumnProfile } from "./profile.ts";

const plain = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_");

/** Whether two headings mean the same column. */
export const isSameName = (first: string, second: string) => plain(first) === plain(second);

/** The column that the user names. Throws a UserError when there is none. */
export function columnNamed(profiles: readonly ColumnProfile[], name: string, file: string): ColumnProfile {
  const found =
    profiles.find((profile) => profile.name === name) ??
    profiles.find((profile) => isSameName(profile.name, name));
  if (found) return found;
  throw new UserError(`${file} has no column "${name}"`, {
    where: name,
    hint: didYouMean(
      name,
      profiles.map((profile) => profile.name),
    ),
  });
}

/** The column with the first of some headings that there is. */
export function byName(
  profiles: readonly ColumnProfile[],
  names: readonly string[],
  taken: ReadonlySet<string | undefined> = new Set(),
): ColumnProfile | undefined {
  for (const name of names) {
    const found = profiles.find((profile) => isSameName(profile.name, name) && !taken.has(profile.name));
    if (found) return found;
  }
  return undefined;
}

/** The format of a column's numbers, when they all are numbers. */
export function numberOf(profile: ColumnProfile, { decimal }: OwnFileOptions): NumberFormat | undefined {
  return numberFormatOf(profile.numbers, profile.filled, decimal);
}
