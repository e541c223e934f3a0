/** The words of an option that takes several, parted by commas. */
export function wordList(text = ""): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
