import { addToList } from "../add-to-list.ts";
import { type Extent, extentOf } from "./contents.ts";
import type { TableName } from "./tables.ts";
import type { Unit } from "./units.ts";

/**
 * The units that hold a table, in groups that may hold the same row: only within a group is the newest row looked for, which
 * costs a sort. Most groups have one unit.
 */
export function overlappingGroups(table: TableName, units: readonly Unit[]): Unit[][] {
  const parents = units.map((_, position) => position);
  const rootOf = (position: number): number => {
    const parent = parents[position] ?? position;
    return parent === position ? position : rootOf(parent);
  };
  for (const extents of extentsByKey(table, units).values()) {
    extents.sort((first, second) => (first.from < second.from ? -1 : 1));
    let open: (typeof extents)[number] | undefined;
    for (const extent of extents) {
      if (open && extent.from <= open.to) parents[rootOf(extent.unit)] = rootOf(open.unit);
      if (!open || extent.to > open.to) open = extent;
    }
  }
  const groups = new Map<number, Unit[]>();
  units.forEach((unit, position) => {
    const root = rootOf(position);
    groups.set(root, [...(groups.get(root) ?? []), unit]);
  });
  return [...groups.values()];
}

function extentsByKey(table: TableName, units: readonly Unit[]): Map<string, (Extent & { unit: number })[]> {
  const byKey = new Map<string, (Extent & { unit: number })[]>();
  units.forEach((unit, position) => {
    const contents = unit.datasets.flatMap(({ manifest }) => manifest.contents ?? []);
    for (const content of contents) {
      if (content.table !== table) continue;
      const extent = { ...extentOf(content), unit: position };
      addToList(byKey, extent.key, extent);
    }
  });
  return byKey;
}
