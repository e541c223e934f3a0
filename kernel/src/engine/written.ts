/** Texts of the cells that this process has run. */
const texts: string[] = [];

/** Notes the text of a cell. */
export function noteWritten(text: string): void {
  texts.push(text);
}

/** Whether a word or name stands in a cell, so that telling it tells nothing of the data. */
export function isWritten(name: string): boolean {
  const isPart = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}_$]/u.test(character);
  return texts.some((text) => {
    for (let at = text.indexOf(name); at >= 0 && name !== ""; at = text.indexOf(name, at + 1))
      if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return true;
    return false;
  });
}
