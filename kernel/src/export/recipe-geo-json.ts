import { addProperty, type Properties, shapeValue, writeJson } from "../recipe/document.ts";
import { documentValues, type RecipeResult } from "../recipe/result.ts";
import { readShape, writeGeoJson } from "./shapes.ts";

/** The parts of a result as a GeoJSON document: label, name, then the fields in the order of the recipe. */
export function* geoJsonParts(result: RecipeResult, timeStamp: boolean): Generator<string> {
  const { rows, plan, columns } = result;
  const values = documentValues(rows, columns);
  const [labels, names, shapes] = ["label", "name", "geometry"].map((name) => rows.getChild(name));
  yield '{"type":"FeatureCollection","features":[';
  for (let row = 0; row < rows.numRows; row++) {
    const properties: Properties = new Map([
      ["label", labels?.get(row)],
      ["name", names?.get(row) ?? null],
    ]);
    for (const { label, shape } of plan.columns) {
      addProperty(properties, label, shape, row, shapeValue(shape, row, values, timeStamp), values);
    }
    const geometry = shapeText(shapes?.get(row));
    yield `${row === 0 ? "" : ","}{"type":"Feature","geometry":${geometry},"properties":${writeJson(properties)}}`;
  }
  yield "]}";
}

function shapeText(bytes: unknown): string {
  const shape = bytes instanceof Uint8Array ? readShape(bytes) : undefined;
  return shape ? writeGeoJson(shape) : "null";
}
