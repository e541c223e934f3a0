import { fitView, type MapInset, type Size } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import { currentTheme, onThemeChange } from "../output/theme.ts";
import type { Painter } from "./paint/page-painter.ts";
import type { MapStage } from "./stage.ts";

/** Parts of the map shown larger; a click goes there on the map itself. */
export function insetPanels(
  insets: readonly MapInset[],
  stage: MapStage,
  painter: Painter,
  signal: AbortSignal,
): { readonly node: HTMLElement; repaint(): void } {
  const panels = insets.map((inset, index) => {
    const canvas = element("canvas", { className: "tombolo-inset-canvas" });
    const button = element("button", {
      className: "tombolo-inset",
      attributes: { type: "button", title: `Show ${inset.title} on the map` },
      children: [element("span", { text: `${index + 1} ${inset.title}` }), canvas],
    });
    button.addEventListener("click", () => stage.show(fitView(inset.box, stage.size, 0)));
    const observer = new ResizeObserver(() => void paint(canvas, inset));
    observer.observe(canvas);
    signal.addEventListener("abort", () => observer.disconnect());
    return { inset, canvas, button };
  });
  const paint = async (canvas: HTMLCanvasElement, { box }: MapInset) => {
    const size: Size = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (size.width === 0) return;
    const image = await painter.paint({
      layers: stage.order.filter(({ visible }) => visible).map((layer) => layer.request()),
      ...{ view: fitView(box, size, 2), size, theme: currentTheme(), density: devicePixelRatio },
    });
    canvas.width = Math.round(size.width * devicePixelRatio);
    canvas.height = Math.round(size.height * devicePixelRatio);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    if (image instanceof ImageBitmap) image.close();
  };
  const repaint = () => {
    for (const { canvas, inset } of panels) void paint(canvas, inset);
  };
  onThemeChange(repaint, signal);
  return {
    node: element("div", { className: "tombolo-insets", children: panels.map(({ button }) => button) }),
    repaint,
  };
}
