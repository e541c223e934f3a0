/** The line of a source for data that were made up from a pack's contract. */
export const DUMMY_SOURCE = "Dummy data, made up from the pack's contract: nothing here was measured.";

/** A title that says so where what it stands over is made up, as the line of its sources tells. */
export function titleWithDummy(title: string, source: string): string {
  if (!source.includes(DUMMY_SOURCE) || /dummy data/i.test(title)) return title;
  return title === "" ? "Dummy data" : `${title} (dummy data)`;
}
