import type { TooltipHandler } from "vega";
import { element } from "../output/element.ts";

const LONGEST_TEXT = 200;
const MOST_LINES = 20;

/** Shows a mark's values beside the pointer, as text. */
export function chartTooltip(container: HTMLElement): TooltipHandler {
  const tooltip = element("div", {
    className: "tombolo-tooltip",
    attributes: { hidden: "", role: "tooltip" },
  });
  return (_handler, event, _item, value: unknown) => {
    // Vega empties its container when it begins.
    if (tooltip.parentElement !== container) container.append(tooltip);
    tooltip.hidden = value === null || value === undefined || value === "";
    if (tooltip.hidden) return;
    tooltip.replaceChildren(...linesOf(value));
    const box = container.getBoundingClientRect();
    const room = container.clientWidth - tooltip.offsetWidth - 4;
    tooltip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 14, room))}px`;
    tooltip.style.top = `${event.clientY - box.top + 14}px`;
  };
}

function linesOf(value: unknown): HTMLElement[] {
  const entries =
    typeof value === "object" && value !== null ? Object.entries(value) : [["", value] as const];
  return entries.slice(0, MOST_LINES).map(([name, each]) =>
    element("div", {
      children: [
        element("span", { text: name.slice(0, LONGEST_TEXT) }),
        element("b", { text: String(each ?? "").slice(0, LONGEST_TEXT) }),
      ],
    }),
  );
}
