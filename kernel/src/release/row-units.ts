import type { Table } from "apache-arrow";
import type { Engine } from "../engine/engine.ts";
import type { ResultUnits } from "../lineage/units-of-record.ts";
import type { Dataset } from "../store/datasets.ts";

const SINGLE = new Set(["person", "household", "event"]);

/** Share of the rows that must be subjects of a kind for all to be taken for them. */
const MOSTLY = 0.5;

/**
 * What the rows of a table are about that no recipe has made: about people, households or events where most of its labels are
 * labels of such subjects of the store. Undefined where that cannot be told.
 */
export async function unitsOfRows(
  engine: Engine,
  table: Table,
  datasets: readonly Dataset[],
): Promise<ResultUnits | undefined> {
  const labels = table.getChild("label");
  const types = datasets.flatMap(({ manifest }) =>
    SINGLE.has(manifest.unitOfRecord ?? "")
      ? manifest.subjectTypes.map((type) => ({ ...type, unit: manifest.unitOfRecord }))
      : [],
  );
  if (!labels || table.numRows === 0) return undefined;
  for (const { provider, label, unit } of types) {
    const found = await engine.query("SELECT label FROM subjects WHERE provider = ? AND subject_type = ?", {
      parameters: [provider, label],
    });
    const known = new Set([...(found.getChild("label") ?? [])].map(String));
    const rows = [...labels].filter((text) => known.has(String(text))).length;
    if (rows > MOSTLY * table.numRows)
      return { rows: { units: [unit ?? "not known"], isOfThings: false }, columns: new Map() };
  }
  return undefined;
}
