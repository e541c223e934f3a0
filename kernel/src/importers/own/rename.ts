import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { wordList } from "../../word-list.ts";
import type { Guess } from "./guess.ts";

/** A guess whose values go by other labels: `label=column` for each. Throws a UserError for a column that is not there. */
export function renamed(guess: Guess, rename: string | undefined, file: string): Guess {
  const labels = new Map(
    wordList(rename).map((word): [string, string] => {
      const [, label = "", column = ""] = /^([^=]+)=(.+)$/.exec(word) ?? [];
      if (column !== "") return [column.trim(), label.trim()];
      throw new UserError(`"${word}" does not say which column gets which name`, {
        where: "--rename",
        hint: "Write people=persons for the column persons to become people.",
      });
    }),
  );
  const columns = guess.values.map(({ column }) => column);
  const other = [...labels.keys()].find((column) => !columns.includes(column));
  if (other !== undefined)
    throw new UserError(`${file} has no column of values "${other}"`, {
      where: other,
      hint: didYouMean(other, columns),
    });
  return {
    ...guess,
    values: guess.values.map((value) => {
      const label = labels.get(value.column);
      return label === undefined ? value : { ...value, label };
    }),
  };
}
