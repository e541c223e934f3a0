import { type Access, strictest } from "@tombolo/bundle/access";
import { UserError } from "../../errors.ts";
import type { ExportedLabel } from "../../export/label-file.ts";
import type { Overruling } from "../../store/manifest.ts";
import type { UnitOfRecord } from "../../store/unit-of-record.ts";
import { looksPersonal, namesEvents, namesOrganisations, type SampledColumn } from "./looks-personal.ts";
import type { OwnFileOptions } from "./options.ts";

/** The label and the unit of record of a file of one's own, and where they come from. */
export interface GuessedLabel {
  readonly access: Access;
  readonly unitOfRecord: UnitOfRecord | undefined;
  /** Why it looks like records about people. */
  readonly personal: string | undefined;
  readonly overruled: Overruling | undefined;
  /** Whether nobody has said what one record is about. */
  readonly isUnitGuessed: boolean;
  /** Whether the label is the one that lies beside the file. */
  readonly isTakenBack: boolean;
}

/** What else is known of the rows. */
interface RowFacts {
  /** Whether each row is an area by its code. */
  readonly isArea: boolean;
  readonly isTimed: boolean;
  /** The label that lies beside a file which we wrote. */
  readonly exported?: ExportedLabel | undefined;
}

/**
 * The label of a file: `sensitive` when it looks like records about people, else `internal`, unless its owner says otherwise.
 * Throws a UserError when the owner sets it lower than the guess without saying why.
 */
export function guessLabel(
  file: string,
  columns: readonly SampledColumn[],
  rows: RowFacts,
  { access, reason = "", unit }: OwnFileOptions,
): GuessedLabel {
  const personal = looksPersonal(columns);
  const { exported } = rows;
  const guessed = strictest([
    "internal",
    exported?.access ?? "internal",
    personal ? "sensitive" : "internal",
  ]);
  const isLower = access !== undefined && strictest([access, guessed]) !== access;
  const why = personal
    ? `looks like records about people (${personal.sentence})`
    : exported && `was exported as ${exported.access}`;
  const overrules = why && isLower;
  if (overrules && reason.trim() === "") {
    throw new UserError(`${file} ${why}, so "${access}" needs a reason, which is kept with the data`, {
      where: "--access",
      hint: 'Write --reason "…", or leave --access out.',
    });
  }
  return {
    access: access ?? guessed,
    unitOfRecord: unit ?? personal?.unit ?? guessUnit(columns, rows),
    personal: personal?.sentence,
    overruled: overrules ? { guess: why, reason: reason.trim() } : undefined,
    isUnitGuessed: unit === undefined,
    isTakenBack: exported !== undefined && access === undefined,
  };
}

/** What a row is about when it is not about people. `none` is never guessed: that what is counted are things must be said. */
function guessUnit(
  columns: readonly SampledColumn[],
  { isArea, isTimed }: RowFacts,
): UnitOfRecord | undefined {
  if (isArea) return "area";
  if (namesOrganisations(columns)) return "organisation";
  return isTimed || namesEvents(columns) ? "event" : undefined;
}

/** The guess in a sentence that says how to mend it; undefined where nothing was guessed. */
export function describeLabel({
  access,
  personal,
  overruled,
  unitOfRecord,
  isUnitGuessed,
  isTakenBack,
}: GuessedLabel): string | undefined {
  const people =
    personal === undefined
      ? undefined
      : overruled
        ? `It looks like records about people (${personal}) and is ${access} all the same: ${overruled.reason.replace(/[.!?]*$/, ".")}`
        : `It looks like records about people (${personal}), so it is ${access}; --access with --reason says otherwise.`;
  const unit =
    isUnitGuessed && unitOfRecord !== undefined && unitOfRecord !== "area"
      ? `A record is taken for ${NOUNS[unitOfRecord]}; --unit says otherwise.`
      : undefined;
  const exported = isTakenBack ? `It is ${access}, as when it was exported.` : undefined;
  const sentences = [people ?? exported, unit].filter((sentence) => sentence !== undefined);
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

const NOUNS: Readonly<Record<UnitOfRecord, string>> = {
  person: "a person",
  household: "a household",
  event: "an event",
  organisation: "an organisation",
  area: "an area",
  none: "a thing",
};
