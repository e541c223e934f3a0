import { area } from "./area.ts";
import { arithmetic } from "./arithmetic.ts";
import { constant } from "./constant.ts";
import { documentField } from "./document.ts";
import type { Field } from "./field.ts";
import { fixedValue } from "./fixed-value.ts";
import { lengthInside } from "./length-inside.ts";
import { subjectName } from "./subject-name.ts";

/** A field in the short form: the object that YAML's `{ area: km² }` is. */
export type ShortField = Readonly<Record<string, unknown>>;

/** Symbol of the text that a notebook shows for a function when it is inspected. */
export const DOCUMENTATION_SYMBOL: unique symbol = Symbol.for("tombolo.doc");

/** Options of fields that measure. */
export interface MeasureOptions<Unit extends string> {
  readonly unit?: Unit;
  /** EPSG code of a projected coordinate system; 27700 unless told otherwise. */
  readonly targetCRSCode?: number;
}

/** The fields of recipes as typed functions. Each gives the same object that its YAML is. */
export const fields = {
  /** Area of the subject's shape. */
  area: documented(
    area,
    ({ unit, ...rest }: MeasureOptions<"m²" | "ha" | "km²"> = {}): ShortField => ({
      area: unit ?? null,
      ...rest,
    }),
  ),
  /** One operation on two columns: `fields.arithmetic("tube_km / area_km2")`. */
  arithmetic: documented(arithmetic, (expression: string): ShortField => ({ arithmetic: expression })),
  /** The same value for every subject. */
  constant: documented(constant, (value: string | number): ShortField => ({ constant: value })),
  /** The subject's value of an attribute that has no time. */
  fixedValue: documented(fixedValue, (attribute: string): ShortField => ({ "fixed-value": attribute })),
  /** Length of the lines of another subject type inside each subject's shape. */
  lengthInside: documented(
    lengthInside,
    (lines: string, options: MeasureOptions<"m" | "km"> = {}): ShortField => ({
      "length-inside": lines,
      ...options,
    }),
  ),
  /** The subject's name. */
  subjectName: documented(subjectName, (): ShortField => ({ "subject-name": null })),
};

function documented<Function_ extends object>(field: Field, build: Function_): Function_ {
  return Object.assign(build, { [DOCUMENTATION_SYMBOL]: documentField(field) });
}
