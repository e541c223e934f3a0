/** Headings of tables by the id of the table. */
export type Headings = ReadonlyMap<string, readonly string[]>;

/**
 * Headings that were written down as a tree, so that what many have in common stands once. A line without a blank before it begins a table: its id,
 * then how all its headings begin. What is further in goes on after a colon. Several of one kind are parted by ` | `; a line that ends in a colon is
 * a beginning only, not a heading itself; `{2..8}` and `{5..80 by 5}` count.
 */
export function headingTree(text: string): Headings {
  const tables = new Map<string, string[]>();
  let headings: string[] = [];
  let path: string[] = [];
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const depth = (line.length - line.trimStart().length) / 2;
    if (depth === 0) {
      const [id = ""] = line.split(" ", 1);
      headings = [];
      path = [line.slice(id.length + 1)];
      tables.set(id, headings);
      continue;
    }
    path = path.slice(0, depth);
    for (const part of line.trim().split(" | ").flatMap(counted)) {
      path[depth] = part.replace(/:$/, "");
      if (!part.endsWith(":")) headings.push(path.join(": "));
    }
  }
  return tables;
}

const COUNT = /\{(\d+)\.\.(\d+)(?: by (\d+))?\}/g;

/** A line once for each number that its braces count to; several braces count side by side. */
function counted(line: string): string[] {
  const [first] = line.matchAll(COUNT);
  if (!first) return [line];
  const [, from, to, step = "1"] = first;
  const times = Math.floor((Number(to) - Number(from)) / Number(step)) + 1;
  return Array.from({ length: times }, (_, turn) =>
    line.replace(COUNT, (_braces, start: string, _end: string, by = "1") =>
      String(Number(start) + turn * Number(by)),
    ),
  );
}
