import {
  classify,
  decodeGeometry,
  featureBounds,
  formatNumber,
  type Geometry,
  type HitTest,
  hitTest,
  type MapSpec,
  withUnit,
} from "@tombolo/bundle";
import { tableFromIPC } from "@uwdata/flechette";
import type { FetchBlob } from "../output/blobs.ts";

/** A map's features as they are drawn and read. */
export interface Features {
  readonly geometry: Geometry;
  readonly bounds: Float64Array;
  readonly classes: Uint8Array;
  readonly find: HitTest;
  readonly count: number;
  nameOf(feature: number): string;
  /** The value that is shown by colour, as text with its unit. */
  valueOf(feature: number): string;
  /** The tooltip's columns: heading and text. */
  detailsOf(feature: number): [string, string][];
}

/** Fetches and reads the parts that a specification names. Throws a TypeError or RangeError when they do not fit it. */
export async function fetchFeatures(spec: MapSpec, fetchBlob: FetchBlob): Promise<Features> {
  const [shapes, attributes] = await Promise.all([fetchBlob(spec.geometry), fetchBlob(spec.attributes)]);
  const geometry = decodeGeometry(shapes);
  const table = tableFromIPC(attributes);
  const count = geometry.featureEnds.length;
  if (table.numRows !== count) throw new TypeError("its values are not as many as its features");
  const read = (column: string, feature: number): unknown => table.getChild(column)?.at(feature);
  const values = Float64Array.from({ length: count }, (_, feature) => toNumber(read("value", feature)));
  const limits =
    spec.classes.length > 0 ? [...spec.classes.map(({ from }) => from), spec.classes.at(-1)?.to ?? 0] : [];
  return {
    geometry,
    bounds: featureBounds(geometry),
    classes: classify(values, limits),
    find: hitTest(geometry),
    count,
    nameOf: (feature) => String(read("name", feature) ?? read("label", feature) ?? ""),
    valueOf(feature) {
      const value = values[feature] ?? Number.NaN;
      if (!spec.column) return "";
      return Number.isFinite(value)
        ? withUnit(formatNumber(value, spec.column.format), spec.column.unit)
        : "no data";
    },
    detailsOf: (feature) =>
      spec.hover.map(({ title, unit, format }, index) => {
        const value = read(`hover${index}`, feature);
        const text =
          typeof value === "number"
            ? withUnit(formatNumber(value, format), unit)
            : String(value ?? "no data");
        return [title, text];
      }),
  };
}

function toNumber(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}
