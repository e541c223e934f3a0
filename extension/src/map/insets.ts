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
    const node = element("button", {
      className: "tombolo-inset",
      attributes: { type: "button", title: `Show ${inset.title} on the map` },
      children: [element("span", { text: `${index + 1} ${inset.title}` }), canvas],
    });
    node.addEventListener("click", () => stage.show(fitView(inset.box, stage.size, 0)));
    // JupyterLab hides everything while it changes its theme: the size is that which was last seen.
    let size: Size = { width: 0, height: 0 };
    const paint = async () => {
      if (size.width === 0) return;
      const { width, height } = size;
      const image = await painter.paint({
        layers: stage.order.filter(({ visible }) => visible).map((layer) => layer.request()),
        ...{ view: fitView(inset.box, size, 2), size, theme: currentTheme(), density: devicePixelRatio },
      });
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
      if (image instanceof ImageBitmap) image.close();
    };
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (width === 0 || height === 0) return;
      size = { width, height };
      void paint();
    });
    observer.observe(canvas);
    signal.addEventListener("abort", () => observer.disconnect());
    return { node, paint };
  });
  const repaint = () => {
    for (const { paint } of panels) void paint();
  };
  onThemeChange(repaint, signal);
  return {
    node: element("div", { className: "tombolo-insets", children: panels.map(({ node }) => node) }),
    repaint,
  };
}
