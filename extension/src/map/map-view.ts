import { type MapSpec, parseMapSpec } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import type { Draw } from "../output/renderer.ts";
import { type Features, fetchFeatures } from "./features.ts";
import { followKeyboard, followPointer } from "./gestures.ts";
import { legendElement } from "./legend.ts";
import { MapCanvas } from "./map-canvas.ts";
import { showAsTable } from "./map-table.ts";

/** Shows a map that can be moved, enlarged and read, by pointer, by keyboard and by screen reader. */
export const drawMap: Draw = async (host, { specification, fetchBlob, description, signal }) => {
  const spec = parseMapSpec(specification);
  const features = await fetchFeatures(spec, fetchBlob);
  const scale = element("div", { className: "tombolo-scale", attributes: { "aria-hidden": "true" } });
  const canvas = new MapCanvas(
    spec,
    features,
    (text, pixels) => {
      scale.textContent = text;
      scale.style.width = `${pixels}px`;
    },
    signal,
  );
  const tooltip = element("div", { className: "tombolo-tooltip", attributes: { hidden: "" } });
  const spoken = element("div", { className: "tombolo-spoken", attributes: { "aria-live": "polite" } });
  const stage = element("div", {
    className: "tombolo-stage",
    attributes: {
      tabindex: "0",
      role: "application",
      "aria-roledescription": "map",
      "aria-label": `${description}\nArrow keys move, plus and minus enlarge, 0 shows everything, N and P go through the features.`,
    },
    children: [canvas.node, scale, tooltip, zoomButtons(canvas)],
  });
  stage.style.aspectRatio = `${spec.width - LEGEND_WIDTH} / ${spec.height - TITLE_HEIGHT}`;
  const point = (feature: number, place?: { x: number; y: number }) => {
    canvas.highlight(feature);
    showTooltip(tooltip, spec, features, feature, place);
  };
  followPointer(stage, canvas, point);
  followKeyboard(stage, canvas, features.count, (feature) => {
    point(feature, { x: 12, y: 12 });
    spoken.textContent = feature < 0 ? "" : [features.nameOf(feature), features.valueOf(feature)].join(": ");
  });
  const body = element("div", { className: "tombolo-map-body", children: [stage, legendElement(spec)] });
  host.append(
    element("figure", {
      className: "tombolo-map",
      children: [
        element("figcaption", { text: spec.title }),
        body,
        element("div", {
          className: "tombolo-foot",
          children: [
            element("span", { className: "tombolo-source", text: spec.source }),
            showAsTable(spec, features, body),
          ],
        }),
        spoken,
      ],
    }),
  );
};

/** What the kernel's picture of the same size gives to its legend and title. */
const LEGEND_WIDTH = 190;
const TITLE_HEIGHT = 90;

function zoomButtons(canvas: MapCanvas): HTMLElement {
  const button = (text: string, label: string, action: () => void) => {
    const node = element("button", {
      text,
      attributes: { type: "button", title: label, "aria-label": label },
    });
    node.addEventListener("click", action);
    return node;
  };
  return element("div", {
    className: "tombolo-zoom",
    children: [
      button("+", "Enlarge", () => canvas.zoom(1)),
      button("−", "Reduce", () => canvas.zoom(-1)),
      button("⤢", "Show everything", () => canvas.reset()),
    ],
  });
}

function showTooltip(
  tooltip: HTMLElement,
  spec: MapSpec,
  features: Features,
  feature: number,
  place: { x: number; y: number } | undefined,
): void {
  tooltip.hidden = feature < 0 || !place;
  if (feature < 0 || !place) return;
  const lines: [string, string][] = [
    ...(spec.column ? [[spec.column.title, features.valueOf(feature)] satisfies [string, string]] : []),
    ...features.detailsOf(feature),
  ];
  const rows = lines.map(([title, text]) =>
    element("div", { children: [element("span", { text: title }), element("b", { text })] }),
  );
  tooltip.replaceChildren(element("strong", { text: features.nameOf(feature) }), ...rows);
  const { offsetWidth, offsetHeight, parentElement } = tooltip;
  const width = parentElement?.clientWidth ?? 0;
  const height = parentElement?.clientHeight ?? 0;
  tooltip.style.left = `${Math.max(0, Math.min(place.x + 14, width - offsetWidth - 4))}px`;
  tooltip.style.top = `${Math.max(0, Math.min(place.y + 14, height - offsetHeight - 4))}px`;
}
