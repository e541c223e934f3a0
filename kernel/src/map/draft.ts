import type { Field, Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata } from "../engine/columns.ts";
import { findColumn, findNumbers, isNumeric } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { centresOf } from "./centres.ts";
import type { TableLayer } from "./inputs.ts";
import type { LayerType } from "./options.ts";
import { type FeatureRows, featureRows } from "./rows.ts";
import { pickShapes, readShapes, type Shapes } from "./shapes.ts";

/** A layer that is read, but not yet placed: all layers of a map share one coordinate system. */
export interface DraftLayer {
  readonly input: TableLayer;
  readonly type: LayerType;
  readonly features: FeatureRows;
  readonly shapes: Shapes;
  /** Column shown by colour. */
  readonly column: Field | undefined;
}

/** From this number on points without a value are counted by pixel. */
const LEAST_FOR_DENSITY = 20_000;

/** Reads a layer's shapes and decides how it is shown. */
export function draftLayer(input: TableLayer): DraftLayer {
  const features = featureRows(input.data, input.time);
  const read = readShapes(input.data);
  const picked = features.dated ? pickShapes(read, features.rows) : read;
  const column = input.column === undefined ? undefined : findColumn(input.data, input.column);
  const type = input.type ?? chooseType(input, picked, column);
  const shapes = type === "symbols" ? centresOf(picked) : picked;
  if (type === "density" && shapes.kind !== "point")
    throw new UserError("Only points can be counted by density, and these are not points", { where: "type" });
  const shown = type === "plain" || type === "density" ? undefined : (column ?? defaultColumn(input, type));
  return { input, type, features, shapes, column: shown };
}

/** A pale mid grey: on white and on black it is seen, and nothing on it is outshone. */
const GROUND = { colour: "#8d939e", opacity: 0.3 };

/** The areas below symbols that stand in their middles: without them nobody sees where those are. */
export function groundOf({ input, type }: DraftLayer): TableLayer | undefined {
  if (type !== "symbols" || readShapes(input.data).kind !== "polygon") return undefined;
  const { data, time, name, hover, formats } = input;
  return { data, time, name, hover, formats, type: "plain", title: "Areas", ...GROUND };
}

function chooseType(input: TableLayer, shapes: Shapes, column: Field | undefined): LayerType {
  if (input.with !== undefined) return "bivariate";
  if (input.size !== undefined && (column === undefined || shapes.kind === "polygon"))
    return shapes.kind === "line" ? "plain" : "symbols";
  if (input.colour !== undefined && column === undefined) return "plain";
  if (column)
    return isNumeric(column) && columnMetadata(column).kind !== "category" ? "classes" : "categories";
  const numbers = defaultNumbers(input.data);
  if (shapes.kind === "point" && shapes.featureEnds.length >= LEAST_FOR_DENSITY && !input.size)
    return "density";
  return numbers ? "classes" : "plain";
}

/** Names of columns that say where or which, not how much. */
export const COORDINATE = /^(lon|lng|long|longitude|lat|latitude|easting|northing|x|y|id|objectid|fid)$/i;

/** The last column with numbers that is neither a coordinate nor a number of the rows. */
export function defaultNumbers(table: Table): Field | undefined {
  return table.schema.fields.findLast((field) => isNumeric(field) && !COORDINATE.test(field.name));
}

function defaultColumn({ data, size }: TableLayer, type: LayerType): Field | undefined {
  if (type === "symbols") return undefined;
  if (type === "categories") {
    const found = data.schema.fields.findLast((field) => !isNumeric(field) && !isGeometry(field));
    if (!found) throw new UserError("The table has no column with kinds to show", { where: "column" });
    return found;
  }
  return defaultNumbers(data) ?? (size === undefined ? findNumbers(data, undefined) : undefined);
}
