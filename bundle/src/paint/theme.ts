/** Colours of a map besides its palette. */
export interface MapTheme {
  readonly background: string;
  readonly text: string;
  readonly faintText: string;
  readonly outline: string;
  readonly noData: string;
  readonly suppressed: string;
  readonly highlight: string;
  readonly selected: string;
}

/** On white, also for pictures. */
export const LIGHT_THEME: MapTheme = {
  background: "#ffffff",
  text: "#1f2430",
  faintText: "#5b6270",
  outline: "#8d939e",
  noData: "#d3d5da",
  suppressed: "#a0a4ad",
  highlight: "#e8590c",
  selected: "#111318",
};

/** On JupyterLab's dark ground. */
export const DARK_THEME: MapTheme = {
  background: "#111111",
  text: "#e6e6e6",
  faintText: "#a6acb8",
  outline: "#111111",
  noData: "#33363d",
  suppressed: "#565a64",
  highlight: "#ff922b",
  selected: "#ffffff",
};
