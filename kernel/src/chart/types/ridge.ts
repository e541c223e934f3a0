import { formatNumber, withUnit } from "@tombolo/bundle/format";
import type { RowSet } from "@tombolo/bundle/selection";
import { HAS_SELECTION } from "@tombolo/bundle/vega-lite";
import { bisectLeft } from "d3-array";
import { UserError } from "../../errors.ts";
import { type DrawnRows, defineChart } from "../chart-type.ts";
import { axisOf, intervalOver, SIZE } from "../encode.ts";
import { groupRows, quantileOf, sortedGroups } from "../groups.ts";
import { chooseSpread, largestGroups } from "./box.ts";
import { extentOf, findRanges, lowerFirst, measured, missingIn, missingNote, needed } from "./shared.ts";

const MOST_RIDGES = 25;
const STEPS = 120;
/** How far the highest ridge reaches over the next lines. */
const OVERLAP = 1.8;

/** `ridge`: the distribution of a value for each group, one behind the other. */
export const ridge = defineChart({
  name: "ridge",
  doc: "the distribution of a column for each name, one behind the other",
  choose: chooseSpread,
  prepare(input) {
    const value = measured(input.columns.value);
    const against = needed(input.columns.against, "names for its ridges, given as --y");
    if (input.columns.facet || input.columns.colour)
      throw new UserError("Ridges have neither colours nor small multiples", {
        hint: "Leave colour and facet out.",
      });
    const groups = groupRows([against], input.count);
    const kept = largestGroups(groups, MOST_RIDGES);
    const extent = extentOf(value.values) ?? [0, 1];
    const band = bandwidth(value.values.filter((each) => !Number.isNaN(each)).sort());
    const rows = (shown?: RowSet, selected?: RowSet): DrawnRows => {
      const all = kept.map((group) => sortedGroups(groups, value.values, shown)[group] ?? new Float64Array());
      const chosen = selected
        ? (() => {
            const both = shown
              ? { ...selected, bits: selected.bits.map((bits, at) => bits & (shown.bits[at] ?? 0)) }
              : selected;
            const sorted = sortedGroups(groups, value.values, both);
            return kept.map((group) => sorted[group] ?? new Float64Array());
          })()
        : [];
      return ridges(
        all,
        chosen,
        kept.map((group) => String(groups.keys[group]?.[0] ?? "")),
        extent,
        band,
      );
    };
    const y = { type: "quantitative", axis: null, scale: { nice: false, zero: false } };
    const only = (part: string) => [{ filter: `datum.part === '${part}'` }];
    const x = axisOf("x", value, { scale: { zero: false, nice: false } });
    const area = {
      x,
      y: { field: "top", ...y },
      y2: { field: "base" },
      detail: { field: "category", type: "nominal" },
    };
    const layer = [
      {
        transform: only("all"),
        mark: { type: "area", line: { strokeWidth: 1.2 }, fillOpacity: 0.55, interpolate: "monotone" },
        params: [intervalOver("x")],
        encoding: {
          ...area,
          opacity: { condition: { test: `!${HAS_SELECTION}`, value: 1 }, value: 0.35 },
          tooltip: [{ field: "category", title: against.spec.title }],
        },
      },
      {
        transform: only("selected"),
        mark: { type: "area", style: "selected", fillOpacity: 0.75, interpolate: "monotone" },
        encoding: area,
      },
      {
        transform: only("name"),
        mark: { type: "text", align: "right", baseline: "bottom", dx: -8, limit: 150 },
        encoding: { x: { ...x, field: "x" }, y: { field: "base", ...y }, text: { field: "category" } },
      },
    ];
    return {
      title: `${value.spec.title} by ${lowerFirst(against.spec.title)}`,
      note: [
        missingNote(missingIn(value)),
        kept.length < groups.keys.length ? `the ${kept.length} largest groups of ${groups.keys.length}` : "",
      ]
        .filter((each) => each !== "")
        .join(", "),
      drawing: { width: SIZE.width - 80, height: Math.max(90, 30 * (kept.length + 1)), layer },
      rows: ({ selected, shown }) => rows(shown, selected),
      find: ({ x: chosen = [] }) =>
        findRanges(input.count, { x: value.values }, { x: [Number(chosen[0]), Number(chosen[1])] }),
      describe: () =>
        kept.map((group) => {
          const sorted = sortedGroups(groups, value.values)[group] ?? new Float64Array();
          const median = withUnit(formatNumber(quantileOf(sorted, 0.5), value.spec.format), value.spec.unit);
          return `  ${groups.keys[group]?.[0]}: median ${median}, ${formatNumber(sorted.length, ",d")} rows`;
        }),
    };
  },
});

/** Silverman's rule of thumb, over all values so that the ridges can be compared. */
function bandwidth(sorted: Float64Array): number {
  const spread = (quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25)) / 1.34;
  const reach = (sorted.at(-1) ?? 1) - (sorted[0] ?? 0) || 1;
  return 0.9 * (spread || reach / 6) * Math.max(1, sorted.length) ** -0.2;
}

function ridges(
  all: readonly Float64Array[],
  chosen: readonly Float64Array[],
  names: readonly string[],
  [least, most]: readonly [number, number],
  band: number,
): DrawnRows {
  const places = Array.from({ length: STEPS + 1 }, (_, step) => least + ((most - least) * step) / STEPS);
  const heights = all.map((sorted) => places.map((place) => densityAt(sorted, place, band)));
  const highest = Math.max(1e-300, ...heights.flat());
  const columns = {
    part: [] as string[],
    category: [] as string[],
    x: [] as number[],
    base: [] as number[],
    top: [] as number[],
  };
  const add = (part: string, name: string, x: number, base: number, height: number) => {
    columns.part.push(part);
    columns.category.push(name);
    columns.x.push(x);
    columns.base.push(base);
    columns.top.push(base + (OVERLAP * height) / highest);
  };
  names.forEach((name, index) => {
    const base = names.length - 1 - index;
    add("name", name, least, base, 0);
    for (const [step, place] of places.entries()) add("all", name, place, base, heights[index]?.[step] ?? 0);
    const selected = chosen[index];
    const share = (selected?.length ?? 0) / Math.max(1, all[index]?.length ?? 1);
    if (selected && share > 0)
      for (const place of places)
        add("selected", name, place, base, share * densityAt(selected, place, band));
  });
  return columns;
}

/** Density of sorted values at a place, with a kernel of Epanechnikov's. */
function densityAt(sorted: Float64Array, place: number, band: number): number {
  const reach = band * Math.sqrt(5);
  let sum = 0;
  for (let index = bisectLeft(sorted, place - reach); index < sorted.length; index++) {
    const distance = ((sorted[index] ?? 0) - place) / reach;
    if (distance > 1) break;
    sum += 1 - distance * distance;
  }
  return sorted.length === 0 ? 0 : (0.75 * sum) / (reach * sorted.length);
}
