import { UserError } from "../errors.ts";
import { wordList } from "../word-list.ts";

/** Places of a pack that are the same as closed values by chance. */
export interface AcceptedPlaces {
  readonly places: readonly string[];
  readonly reason: string;
}

/** The places that the maker of a pack accepts, parted by commas. Throws a UserError when he does not say why. */
export function acceptedPlaces(accept: string | undefined, reason = ""): AcceptedPlaces | undefined {
  if (accept === undefined) return undefined;
  if (reason.trim() === "")
    throw new UserError("--accept needs a reason, which the pack's lock keeps", {
      where: "--accept",
      hint: 'Write --reason "…".',
    });
  return { places: wordList(accept), reason };
}

/** What the option says in which they are given. */
export const ACCEPT_PLACES =
  "places that are the same as values of closed data by chance, as they were named when the pack was refused; separated by commas";

/** What the option says in which the reason is given. */
export const ACCEPT_REASON = "why they are none; kept in the pack's lock";
