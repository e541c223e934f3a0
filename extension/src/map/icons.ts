/** Drawings of 16 by 16: lines only, in the colour of the text around them. A font may lack signs; these are always there. */
const DRAWINGS = {
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  everything: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  move: "M8 2v12M2 8h12M6 4l2-2 2 2M6 12l2 2 2-2M4 6L2 8l2 2M12 6l2 2-2 2",
  box: "M3 5V3h2M7 3h2M11 3h2v2M13 7v2M13 11v2h-2M9 13H7M5 13H3v-2M3 9V7",
  lasso:
    "M8 3c3.3 0 5.5 1.5 5.5 3.7S11.3 10.4 8 10.4 2.5 8.9 2.5 6.7 4.7 3 8 3zM6 10.2c-1.5.8-1.6 2.3-.3 2.8 1 .4 1 1.2.3 1.7",
  up: "M8 13V3M4 7l4-4 4 4",
  down: "M8 3v10M4 9l4 4 4-4",
  play: "M5 3l8 5-8 5z",
  pause: "M5.5 3v10M10.5 3v10",
} as const;

/** Name of a drawing. */
export type Icon = keyof typeof DRAWINGS;

const SVG = "http://www.w3.org/2000/svg";

/** A drawing that says nothing by itself: its button has a label. */
export function iconElement(icon: Icon): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  const attributes = {
    viewBox: "0 0 16 16",
    width: "16",
    height: "16",
    fill: "none",
    stroke: "currentcolor",
    "stroke-width": "1.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  for (const [name, value] of Object.entries(attributes)) drawing.setAttribute(name, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[icon]);
  drawing.append(path);
  return drawing;
}
