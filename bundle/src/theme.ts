/** Colours of a map besides its palette. */
export interface MapTheme {
  readonly background: string;
  readonly text: string;
  readonly faintText: string;
  readonly outline: string;
  readonly noData: string;
  readonly highlight: string;
}

/** On white, also for pictures. */
export const LIGHT_THEME: MapTheme = {
  background: "#ffffff",
  text: "#1f2430",
  faintText: "#5b6270",
  outline: "#ffffff",
  noData: "#d9dade",
  highlight: "#e8590c",
};

/** On JupyterLab's dark ground. */
export const DARK_THEME: MapTheme = {
  background: "#111111",
  text: "#e6e6e6",
  faintText: "#a6acb8",
  outline: "#111111",
  noData: "#4a4d55",
  highlight: "#ff922b",
};
