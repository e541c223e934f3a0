import { element } from "../../output/element.ts";
import type { Icon } from "../icons.ts";
import type { ShownLayer } from "../map-layer.ts";
import type { MapStage } from "../stage.ts";
import { iconButton } from "../stage-buttons.ts";

/** A list of the layers, the uppermost first: each can be hidden, and moved up or down. */
export function layerPanel(stage: MapStage, changed: () => void): HTMLElement {
  const list = element("ol", {
    className: "tombolo-layers",
    attributes: { "aria-label": "Layers, the uppermost first" },
  });
  const draw = () =>
    list.replaceChildren(...[...stage.order].reverse().map((layer, index) => layerItem(layer, index)));
  const update = () => {
    draw();
    changed();
  };
  const move = (layer: ShownLayer, by: 1 | -1) => {
    const order = [...stage.order];
    const from = order.indexOf(layer);
    const to = from + by;
    if (to < 0 || to >= order.length) return;
    order.splice(from, 1);
    order.splice(to, 0, layer);
    stage.order = order;
    update();
  };
  const layerItem = (layer: ShownLayer, index: number) => {
    const { title } = layer.spec;
    const box = element("input", { attributes: { type: "checkbox" } });
    box.checked = layer.visible;
    box.addEventListener("change", () => {
      layer.visible = box.checked;
      update();
    });
    const button = (icon: Icon, label: string, by: 1 | -1, disabled: boolean) => {
      const node = iconButton(icon, `${label}: ${title}`);
      node.disabled = disabled;
      node.addEventListener("click", () => move(layer, by));
      return node;
    };
    return element("li", {
      children: [
        element("label", { children: [box, element("span", { text: title })] }),
        button("up", "Move up", 1, index === 0),
        button("down", "Move down", -1, index === stage.order.length - 1),
      ],
    });
  };
  draw();
  return list;
}
