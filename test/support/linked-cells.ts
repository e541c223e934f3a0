/** Cells with a map, a chart and a table of the same rows, and what a notebook does with their selection: the first six run by themselves. */
export const LINKED_CELLS = [
  "%import london/boroughs",
  "%%recipe areas\nsubjects: borough\nfields:\n  area_km2: { area: km² }",
  "const areaMap = map(areas); areaMap",
  "const areaChart = chart(areas, { type: 'histogram', x: 'area_km2' }); areaChart",
  "const areaTable = table(areas); areaTable",
  "onSelect(areaMap, ({ count }) => console.log(`heard ${count}`)); 'listening'",
  "`${selection(areaTable).count} selected in the kernel`",
  "(await select(areaMap, ['Camden', 'Westminster'])).count",
  "(await filter(areas, (row) => Number(row.area_km2) > 50)).count",
];
