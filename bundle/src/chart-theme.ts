import { DARK_THEME, LIGHT_THEME } from "./paint/theme.ts";

/** Eight colours that people who see colours differently can tell apart (Okabe and Ito, 2008), the first for a single one. */
const CATEGORIES = {
  light: ["#225ea8", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#6b4fa0", "#5b6270"],
  dark: ["#6baed6", "#f28e4b", "#3fc79a", "#e3a3c6", "#e0c04c", "#9ad0f5", "#b39ddb", "#b6bcc8"],
} as const;

/** Vega-Lite's configuration for all charts: colours of axes and marks on a light or a dark ground, and the font. */
export function chartTheme(ground: "light" | "dark", font: string): Readonly<Record<string, unknown>> {
  const theme = ground === "dark" ? DARK_THEME : LIGHT_THEME;
  const grid = ground === "dark" ? "#33363d" : "#e4e6eb";
  const category = CATEGORIES[ground];
  const [first] = category;
  const label = {
    labelColor: theme.faintText,
    titleColor: theme.text,
    titleFontWeight: 500,
    labelFontSize: 11,
  };
  const plain = { fill: first, stroke: null };
  return {
    background: ground === "dark" ? "transparent" : theme.background,
    font,
    // Other rows can need more room beside the axes.
    autosize: { type: "pad", resize: true },
    // Labels that nearly touch read as one number.
    axis: {
      ...label,
      labelSeparation: 6,
      gridColor: grid,
      domainColor: grid,
      tickColor: grid,
      titlePadding: 8,
    },
    legend: { ...label, symbolLimit: 24 },
    header: label,
    title: {
      anchor: "start",
      frame: "group",
      color: theme.text,
      subtitleColor: theme.faintText,
      fontSize: 15,
      fontWeight: 600,
      subtitleFontSize: 12,
      subtitlePadding: 4,
      offset: 12,
    },
    view: { stroke: "transparent" },
    mark: { color: first },
    arc: plain,
    area: plain,
    bar: plain,
    rect: { stroke: null },
    line: { stroke: first },
    tick: { color: first },
    text: { color: theme.text, fill: theme.text },
    rule: { color: theme.text },
    range: {
      category,
      heatmap: ground === "dark" ? ["#17314a", "#6baed6", "#f2f8ff"] : ["#dbe9f6", "#4292c6", "#08306b"],
    },
    style: {
      // What stands out because it is selected.
      selected: { fill: theme.highlight, stroke: theme.highlight, color: theme.highlight },
      halo: { fill: theme.background, stroke: theme.background },
    },
  };
}
