/** Number of single-letter edits (insert, delete, replace, swap of neighbours) between two texts, ignoring case. */
export function editDistance(first: string, second: string): number {
  const a = first.toLowerCase();
  const b = second.toLowerCase();
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** Nobody means a name by a text of this length, and comparing it would take long. */
const LONGEST = 120;

/** The valid names most like the one given, nearest first, at most three; none when all are far off. */
export function nearestNames(wanted: string, valid: Iterable<string>): string[] {
  if (wanted.length > LONGEST) return [];
  const scored = [...new Set(valid)]
    .map((name) => ({ name, distance: distanceOf(wanted, name), edits: editDistance(wanted, name) }))
    .filter(({ distance }) => Number.isFinite(distance))
    .sort(
      (first, second) =>
        first.distance - second.distance ||
        first.edits - second.edits ||
        first.name.localeCompare(second.name),
    );
  const best = scored[0]?.distance ?? 0;
  return scored
    .filter(({ distance }) => distance <= best + 1)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A sentence with the way out for an unknown name: the nearest valid names, else all of them when they are few. */
export function didYouMean(wanted: string, valid: Iterable<string>): string {
  const names = [...valid];
  const near = nearestNames(wanted, names);
  if (near.length > 0) return `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`;
  if (names.length === 0) return "";
  const shown = names.slice(0, 12).map((name) => `"${name}"`);
  return `Known: ${shown.join(", ")}${names.length > shown.length ? ", …" : ""}.`;
}

/**
 * Names of several words are also found by one of them, or by a part between slashes: `lenght` by `length-inside`, `borough` by
 * `london/boroughs`. Infinite when
 * more than a third of the letters would have to change.
 */
function distanceOf(wanted: string, name: string): number {
  if (wanted.length >= 4 && name.toLowerCase().includes(wanted.toLowerCase())) return 1;
  const parts = [...name.split("/"), ...name.split(/[-_/. ]/)];
  const words = [name, ...parts.filter((word) => word.length > 3)];
  const distances = words.map((word) => {
    const distance = editDistance(wanted, word);
    const most = Math.max(1, Math.floor(Math.max(wanted.length, word.length) / 3));
    return distance <= most ? distance : Number.POSITIVE_INFINITY;
  });
  return Math.min(...distances);
}
