import { type MapSpec, scaleBar } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import { type Actions, followKeyboard, followPointer, type Tool } from "./gestures.ts";
import { selectInside, selectTarget } from "./selecting.ts";
import { type MapStage, middleOf, type Target } from "./stage.ts";
import { toolButtons, zoomButtons } from "./stage-buttons.ts";
import { Tooltip } from "./tooltip.ts";

const KEYS =
  "Arrow keys move, plus and minus enlarge, 0 shows everything, N and P go through the features, Enter selects one and Space adds it.";

/** What the kernel's picture of the same size gives to its legend and title. */
const LEGEND_WIDTH = 190;
const TITLE_HEIGHT = 90;

/** The drawn part of a map, and what is said about it. */
export interface ReadingAids {
  readonly stageNode: HTMLElement;
  /** What is said aloud. */
  readonly spoken: HTMLElement;
  /** What went wrong. */
  readonly note: HTMLElement;
  /** Shows a box, and tells of a feature in it. */
  goTo(target: Target, box: Parameters<MapStage["showBox"]>[0]): void;
}

/** The drawn part with what helps to read it: scale bar, tooltip, buttons, and a live text for who does not see it. */
export function readingAids(stage: MapStage, spec: MapSpec, description: string): ReadingAids {
  const tooltip = new Tooltip();
  const spoken = element("div", { className: "tombolo-spoken", attributes: { "aria-live": "polite" } });
  const note = element("p", { className: "tombolo-note", attributes: { role: "status" } });
  let tool: Tool = "move";
  const tools = toolButtons((chosen) => {
    tool = chosen;
    stageNode.dataset.tool = chosen;
  });
  const stageNode = element("div", {
    className: "tombolo-stage",
    attributes: {
      ...{ tabindex: "0", role: "application", "aria-roledescription": "map" },
      "aria-label": `${description}\n${KEYS}`,
    },
    children: [
      stage.node,
      scaleElement(stage),
      tooltip.node,
      element("div", { className: "tombolo-stage-buttons", children: [zoomButtons(stage), tools] }),
    ],
  });
  stageNode.style.aspectRatio = `${spec.width - LEGEND_WIDTH} / ${spec.height - TITLE_HEIGHT}`;
  const say = (text: string) => {
    spoken.textContent = text;
  };
  const point = pointing(stage, tooltip, say, (reason) => {
    note.textContent = reason;
  });
  const actions: Actions = {
    point: (target, place) => void point(target, place),
    click: (target, add) => {
      selectTarget(stage, target, add);
      if (!target) say("Nothing is selected");
      else
        say(
          `${target.layer.nameOf(target.feature)} ${isSelected(target) ? "selected" : "no longer selected"}`,
        );
    },
    enclose: (line, add) => void selectInside(stage, line, add),
    tool: () => tool,
  };
  followPointer(stageNode, stage, actions);
  followKeyboard(stageNode, stage, actions);
  return {
    ...{ stageNode, spoken, note },
    goTo(target, box) {
      stage.showBox(box);
      void point(target);
      stageNode.focus({ preventScroll: true });
    },
  };
}

function isSelected({ layer, feature }: Target): boolean {
  return layer.rows?.isSelected(feature) ?? false;
}

/** What a map says when its names and values cannot be had. */
export const NO_DETAILS = "The kernel no longer has the names and values: run the cell to see them.";

/** Tells of what is pointed at: in the tooltip, and aloud when it was reached by keys. */
function pointing(
  stage: MapStage,
  tooltip: Tooltip,
  say: (text: string) => void,
  failed: (reason: string) => void,
) {
  return async (target: Target | undefined, place?: { x: number; y: number }) => {
    stage.point(target);
    if (!target) {
      tooltip.hide();
      return;
    }
    const { layer, feature } = target;
    try {
      await layer.fetchDetails();
    } catch {
      failed(NO_DETAILS);
      return;
    }
    // The pointer may have gone on while names were fetched.
    if (stage.target?.feature !== feature || stage.target.layer !== layer) return;
    const { view, size } = stage;
    tooltip.show(target, place ?? (view ? middleOf(target, view, size) : { x: 12, y: 12 }));
    if (!place) say(`${layer.nameOf(feature)}: ${layer.detailsOf(feature)[0]?.[1] ?? ""}`);
  };
}

function scaleElement(stage: MapStage): HTMLElement {
  const scale = element("div", { className: "tombolo-scale", attributes: { "aria-hidden": "true" } });
  stage.onView((view) => {
    const { pixels, text } = scaleBar(view.scale, 120);
    // Each frame of a movement comes by here, and nearly none changes the scale.
    if (scale.style.width === `${pixels}px`) return;
    scale.textContent = text;
    scale.style.width = `${pixels}px`;
  });
  return scale;
}
