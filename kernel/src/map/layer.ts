import { featureBounds } from "@tombolo/bundle/geometry/geometry";
import { assignClasses, assignSizes } from "@tombolo/bundle/map/assign";
import { turnedColours } from "@tombolo/bundle/map/ground";
import type { Colouring, MapLayer, SizeSpec } from "@tombolo/bundle/map/spec";
import type { PaintLayer } from "@tombolo/bundle/paint/layer";
import type { Field } from "apache-arrow";
import { findColumn, isNumeric, textsOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import type { Blobs } from "../picture/blobs.ts";
import { linkOf } from "../selection/link.ts";
import { shownTable } from "../table/shown-table.ts";
import { colouringOf, sizeOf } from "./colouring.ts";
import { LayerColumns } from "./columns.ts";
import { COORDINATE, type DraftLayer } from "./draft.ts";
import type { ShapeEncoder } from "./encode.ts";
import type { TableLayer } from "./inputs.ts";
import type { Placing } from "./project.ts";
import type { FeatureRows } from "./rows.ts";

/** A layer as it is told and as it is painted. */
export interface BuiltLayer {
  readonly layer: MapLayer;
  readonly painted: PaintLayer;
  readonly warnings: readonly string[];
}

const MOST_HOVER_COLUMNS = 8;

/** The layer with its colours and blobs, in the map's coordinate system. */
export function buildLayer(
  draft: DraftLayer,
  placing: Placing,
  encode: ShapeEncoder,
  blobs: Blobs,
): BuiltLayer {
  const { input, features, shapes } = draft;
  const { data } = input;
  const { bytes, geometry, fine } = encode(shapes, placing);
  const columns = columnsOf(draft);
  const step = features.dated?.time.shown ?? 0;
  const values = columns.at(step);
  const warnings = [...shapes.warnings];
  const colouring = colouringOf(draft, columns, step, warnings);
  const size = sizeOf(draft, columns);
  for (const name of shownNames(colouring, size)) columns.add(findColumn(data, name), blobs);
  const hover = hoverColumns(input, draft.column);
  for (const field of hover) columns.add(field, blobs);
  for (const field of data.schema.fields)
    if (isNumeric(field) && !COORDINATE.test(field.name)) columns.offer(field, blobs);
  const { label, name } = namesOf(input, features);
  const { plan } = shownTable(data, { title: input.title }).spec;
  const layer: MapLayer = {
    title: input.title ?? titleOf(draft, columns.list()),
    ...{ kind: geometry.kind, count: features.count, geometry: blobs.add(bytes) },
    ...(fine && { fine: { geometry: blobs.add(fine.bytes), metres: fine.metres } }),
    ...{ names: columns.addTexts(name, blobs), labels: columns.addTexts(label, blobs) },
    columns: columns.list(),
    hover: hover.map((field) => field.name),
    colouring,
    ...(size && { size }),
    link: linkOf(data),
    ...(plan !== undefined && { plan }),
    ...(features.dated && { time: features.dated.time, rows: blobs.add(bytesOf(features.dated.rows)) }),
    visible: input.visible ?? true,
    // Symbols that lie over each other are told apart.
    opacity: checkOpacity(input.opacity ?? (draft.type === "symbols" ? 0.85 : 1)),
  };
  const painted: PaintLayer = {
    ...{ geometry, bounds: featureBounds(geometry), colours: colouring.colours, opacity: layer.opacity },
    turned: turnedColours(colouring),
    classes: assignClasses(colouring, values),
    sizes: size && assignSizes(size, values, geometry.kind === "line" ? "line" : "point"),
    density: draft.type === "density",
  };
  return { layer, painted, warnings };
}

/** The layer's columns with the formats and the unit that were asked for. */
function columnsOf({ input, features, column }: DraftLayer): LayerColumns {
  const { data, formats, unit } = input;
  const shown = [column?.name, input.with, input.size].filter((name) => name !== undefined);
  const suppressed = input.suppressed === undefined ? undefined : { column: input.suppressed, of: shown };
  const measured = column?.name ?? input.size;
  const units = measured !== undefined && unit !== undefined ? { [measured]: unit } : {};
  return new LayerColumns(data, features, { formats, units }, suppressed);
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function checkOpacity(opacity: number): number {
  if (opacity >= 0 && opacity <= 1) return opacity;
  throw new UserError(`Opacity is from 0 to 1, not ${opacity}`, { where: "opacity" });
}

function shownNames(colouring: Colouring, size: SizeSpec | undefined): string[] {
  const coloured =
    colouring.type === "bivariate" ? colouring.columns : "column" in colouring ? [colouring.column] : [];
  return size ? [...coloured, size.column] : [...coloured];
}

function hoverColumns({ data, hover, formats = {} }: TableLayer, shown: Field | undefined): Field[] {
  for (const name of Object.keys(formats)) findColumn(data, name);
  if (hover) return hover.map((name) => findColumn(data, name));
  return data.schema.fields
    .filter((field) => isNumeric(field) && field.name !== shown?.name)
    .slice(0, MOST_HOVER_COLUMNS);
}

function namesOf({ data, name }: TableLayer, { rows }: FeatureRows) {
  const has = new Set(data.schema.fields.map((field) => field.name));
  const pick = (column: string) => {
    const texts = textsOf(data, findColumn(data, column).name);
    return Array.from(rows, (row) => texts[row] ?? null);
  };
  const label = has.has("label") ? pick("label") : Array.from(rows, (row) => String(row + 1));
  const named = name ?? (has.has("name") ? "name" : undefined);
  return { label, name: named === undefined ? label : pick(named) };
}

function titleOf({ column, type, input }: DraftLayer, columns: MapLayer["columns"]): string {
  const titles = [
    column?.name,
    type === "bivariate" ? input.with : undefined,
    type === "symbols" ? input.size : undefined,
  ]
    .filter((name) => name !== undefined)
    .map((name) => columns.find((each) => each.name === name)?.title ?? name);
  if (type === "density") return "Density of points";
  return titles.length > 0 ? titles.join(" and ") : (input.called ?? "Map");
}
