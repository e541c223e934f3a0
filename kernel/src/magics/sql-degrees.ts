/** A mistake that SQL makes easy, since shapes are longitude and latitude: what shows it, what shows that it was minded, what to say. */
interface Trap {
  readonly uses: RegExp;
  readonly minds: RegExp;
  readonly advice: (name: string) => string;
}

const PROJECTED = "ST_Transform(shape, 'EPSG:4326', 'EPSG:27700', always_xy := true)";

const TRAPS: readonly Trap[] = [
  {
    uses: /\bST_(?:Area|Length|Perimeter|Distance|DWithin|Buffer)(?=\s*\()/i,
    minds: /\bST_Transform\s*\(/i,
    advice: (name) =>
      `Shapes are longitude and latitude, so ${name} counts in degrees. In metres: ${name} of ${PROJECTED}, or a recipe.`,
  },
  {
    // DuckDB's spatial extension reads latitude first here; in the other order the answer is wrong without a word.
    uses: /\bST_(?:Area|Length|Perimeter|Distance|DWithin)_Spheroid(?=\s*\()|\bST_Distance_Sphere(?=\s*\()/i,
    minds: /\bST_FlipCoordinates\s*\(/i,
    advice: (name) =>
      `${name} takes latitude before longitude, and shapes have longitude first: write ${name}(ST_FlipCoordinates(shape)).`,
  },
  {
    uses: /\bST_Transform(?=\s*\([^;]*'EPSG:4326')/i,
    minds: /\balways_xy\b/i,
    advice: (name) => `${name} takes latitude first unless told otherwise: write ${PROJECTED}.`,
  },
];

/** Sentences on functions of SQL that measure shapes in other units, or in another order of coordinates, than they seem to. */
export function adviceOnDegrees(text: string): string[] {
  return TRAPS.flatMap(({ uses, minds, advice }) => {
    const [name] = uses.exec(text) ?? [];
    return name === undefined || minds.test(text) ? [] : [advice(name)];
  });
}
