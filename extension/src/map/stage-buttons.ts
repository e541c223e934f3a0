import { element } from "../output/element.ts";
import { TOOLS, type Tool } from "./gestures.ts";
import { type Icon, iconElement } from "./icons.ts";
import type { MapStage } from "./stage.ts";

/** A button with a drawing instead of a text. */
export function iconButton(icon: Icon, label: string): HTMLButtonElement {
  return element("button", {
    attributes: { type: "button", title: label, "aria-label": label },
    children: [iconElement(icon)],
  });
}

/** Buttons that enlarge, reduce and show everything. */
export function zoomButtons(stage: MapStage): HTMLElement {
  const button = (icon: Icon, label: string, action: () => void) => {
    const node = iconButton(icon, label);
    node.addEventListener("click", action);
    return node;
  };
  return element("div", {
    className: "tombolo-buttons",
    children: [
      button("plus", "Enlarge", () => stage.zoom(1)),
      button("minus", "Reduce", () => stage.zoom(-1)),
      button("everything", "Show everything", () => stage.reset()),
    ],
  });
}

const TOOL_LABELS: Readonly<Record<Tool, string>> = {
  move: "Dragging moves the map",
  box: "Dragging selects in a box",
  lasso: "Dragging selects in a lasso",
};

/** Buttons for what dragging does, one of them pressed. */
export function toolButtons(choose: (tool: Tool) => void): HTMLElement {
  const buttons = TOOLS.map((tool) => {
    const button = iconButton(tool, TOOL_LABELS[tool]);
    button.setAttribute("aria-pressed", String(tool === "move"));
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      choose(tool);
    });
    return button;
  });
  return element("div", {
    className: "tombolo-buttons",
    attributes: { role: "group", "aria-label": "What dragging does" },
    children: buttons,
  });
}
