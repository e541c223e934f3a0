import { element } from "../output/element.ts";
import type { Target } from "./stage.ts";

/** What is told of the feature that is pointed at. */
export class Tooltip {
  readonly node = element("div", { className: "tombolo-tooltip", attributes: { hidden: "" } });

  hide(): void {
    this.node.hidden = true;
  }

  show({ layer, feature }: Target, place: { x: number; y: number }): void {
    const rows = layer
      .detailsOf(feature)
      .map(([title, text]) =>
        element("div", { children: [element("span", { text: title }), element("b", { text })] }),
      );
    this.node.replaceChildren(element("strong", { text: layer.nameOf(feature) }), ...rows);
    this.node.hidden = false;
    const { offsetWidth, offsetHeight, parentElement } = this.node;
    const width = parentElement?.clientWidth ?? 0;
    const height = parentElement?.clientHeight ?? 0;
    this.node.style.left = `${Math.max(0, Math.min(place.x + 14, width - offsetWidth - 4))}px`;
    this.node.style.top = `${Math.max(0, Math.min(place.y + 14, height - offsetHeight - 4))}px`;
  }
}
