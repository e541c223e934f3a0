/** Where the palette lists our commands. */
export const CATEGORY = "Tombolo";

/** Cells that a command puts into the notebook, to be completed by whoever writes. */
export const CELLS = [
  { name: "find", label: "Insert a search of the catalogue", source: "%find " },
  { name: "import", label: "Insert an import", source: "%import " },
  { name: "recipe", label: "Insert a recipe", source: "%%recipe result\nsubjects: \nfields:\n  " },
  { name: "sql", label: "Insert SQL", source: "%%sql result <<\nSELECT " },
  { name: "map", label: "Insert a map", source: "%map " },
  { name: "chart", label: "Insert a chart", source: "%chart " },
  { name: "table", label: "Insert a table", source: "%table " },
] as const;
