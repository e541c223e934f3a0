import { CLASS_RANGE, type ClassMethod } from "@tombolo/bundle/classify/class-limits";
import { SHADES } from "@tombolo/bundle/classify/classify";
import { colourCategories, colourNumbers, colourPairs } from "@tombolo/bundle/map/colouring";
import type { Colouring, SizeSpec } from "@tombolo/bundle/map/spec";
import {
  DEFAULT_PALETTES,
  findPalette,
  PALETTE_NAMES,
  type Palette,
  paletteColours,
  paletteWarnings,
} from "@tombolo/bundle/palettes";
import type { Field, Table } from "apache-arrow";
import { findNumbers, isNumeric } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { LayerColumns } from "./columns.ts";
import type { DraftLayer } from "./draft.ts";
import { defaultNumbers } from "./draft.ts";
import type { TableLayer } from "./inputs.ts";
import type { LayerType } from "./options.ts";

const PLAIN_COLOUR = "#3f6fb0";

/** How a layer's features get their colours; what is not as good as it could be is added to the warnings. */
export function colouringOf(
  { type, column, input, shapes }: DraftLayer,
  columns: LayerColumns,
  step: number,
  warnings: string[],
): Colouring {
  const values = columns.at(step);
  const palette = choosePalette(input.palette, type);
  const colour = checkColour(input.colour ?? PLAIN_COLOUR);
  if (type === "density") return densityColouring(palette, input.reversed);
  if (type === "plain" || !column) return { type: "plain", colours: [colour] };
  if (type === "categories") {
    const found = colourCategories(column.name, values, input.palette && palette.name);
    const classes = found.categories.length;
    warnings.push(...paletteWarnings(choosePalette(found.palette, type), { numbers: false, classes }));
    return found;
  }
  if (!isNumeric(column)) findNumbers(input.data, column.name);
  const method = methodOf(input);
  const classes = checkClasses(input.classes ?? 5);
  if (type === "bivariate") {
    const other = findNumbers(input.data, input.with ?? previousNumbers(input.data, column));
    if (!other || other.name === column.name)
      throw new UserError("A bivariate map needs a second column with numbers", { where: "with" });
    if (method === "unclassed" || method === "manual" || method === "pretty")
      throw new UserError(`The method "${method}" does not cut the three classes of a bivariate map`, {
        where: "method",
      });
    return colourPairs([column.name, other.name], values, { method });
  }
  const found = colourNumbers(
    column.name,
    values,
    {
      method,
      classes,
      breaks: input.breaks,
      palette: palette.name,
      reversed: input.reversed ?? false,
      kind: shapes.kind,
    },
    columns.allNumbers(column.name),
  );
  const shades = found.method === "unclassed" ? 2 : found.colours.length;
  warnings.push(...paletteWarnings(palette, { numbers: true, classes: shades }));
  return found;
}

function densityColouring(palette: Palette, reversed = false): Colouring {
  const colours = paletteColours(palette, SHADES, reversed);
  // The palest of a palette look like nothing where there is one point.
  return {
    type: "density",
    palette: palette.name,
    colours: reversed ? colours.slice(0, -12) : colours.slice(12),
  };
}

function previousNumbers(table: Table, column: Field): string | undefined {
  return table.schema.fields.findLast((field) => isNumeric(field) && field.name !== column.name)?.name;
}

function methodOf({ method, breaks }: TableLayer): ClassMethod {
  if (breaks === undefined) {
    if (method === "manual") throw new UserError("Manual classes need their limits", { where: "breaks" });
    return method ?? "quantile";
  }
  if (breaks.length === 0 || breaks.length > CLASS_RANGE.most - 1 || !breaks.every(Number.isFinite))
    throw new UserError(`Manual classes have 1 to ${CLASS_RANGE.most - 1} limits, all of them numbers`, {
      where: "breaks",
    });
  return "manual";
}

function checkClasses(classes: number): number {
  if (Number.isInteger(classes) && classes >= CLASS_RANGE.least && classes <= CLASS_RANGE.most)
    return classes;
  throw new UserError(`A map has ${CLASS_RANGE.least} to ${CLASS_RANGE.most} classes, not ${classes}`, {
    where: "classes",
  });
}

function checkColour(colour: string): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  throw new UserError(`"${colour}" is not a colour; write it as #rrggbb, such as ${PLAIN_COLOUR}`, {
    where: "colour",
  });
}

function choosePalette(name: string | undefined, type: LayerType): Palette {
  const wanted = name ?? DEFAULT_PALETTES[type === "categories" ? "qualitative" : "sequential"];
  const found = findPalette(wanted);
  if (found) return found;
  throw new UserError(`There is no palette "${wanted}"`, {
    where: "palette",
    hint: didYouMean(wanted, PALETTE_NAMES),
  });
}

/** What the size of a layer's symbols or lines tells; undefined when they are all alike. */
export function sizeOf({ input, type, shapes }: DraftLayer, columns: LayerColumns): SizeSpec | undefined {
  const name =
    input.size ?? (type === "symbols" ? (input.column ?? defaultNumbers(input.data)?.name) : undefined);
  if (name === undefined) return undefined;
  if (shapes.kind === "polygon")
    throw new UserError("Areas have no size to be shown by; use symbols", { where: "size" });
  const field = findNumbers(input.data, name);
  if (!field) throw new UserError("Symbols need a column with numbers for their size", { where: "size" });
  let most = 0;
  for (const value of columns.allNumbers(field.name))
    if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return { column: field.name, most, pixels: input.pixels ?? (shapes.kind === "line" ? 8 : 22) };
}
