import type { MapStage, Target } from "./stage.ts";

/** What dragging does. */
export const TOOLS = ["move", "box", "lasso"] as const;

/** One of {@link TOOLS}. */
export type Tool = (typeof TOOLS)[number];

/** What is done with what the pointer or the keys reach. */
export interface Actions {
  /** Something is pointed at, at a pixel; or nothing. */
  point(target: Target | undefined, place?: { x: number; y: number }): void;
  /** Something is clicked; `add` when it is to join what is selected. */
  click(target: Target | undefined, add: boolean): void;
  /** A line of pixels was drawn around something. */
  enclose(line: readonly [number, number][], add: boolean): void;
  tool(): Tool;
}

/** A press that moves less than this, in pixels, is a click. */
const CLICK_PIXELS = 4;

interface Drag {
  readonly start: { x: number; y: number };
  readonly tool: Tool;
  readonly add: boolean;
  line: [number, number][];
  moved: boolean;
}

/** Moves the map, selects and tells what the pointer is over. The wheel enlarges only with Ctrl: else the notebook scrolls. */
export function followPointer(stageNode: HTMLElement, stage: MapStage, actions: Actions): void {
  const canvas = stage.node;
  let drag: Drag | undefined;
  let last = { x: 0, y: 0 };
  const placeOf = (event: MouseEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    last = placeOf(event);
    const add = event.shiftKey || event.ctrlKey || event.metaKey;
    const tool = event.shiftKey && actions.tool() === "move" ? "box" : actions.tool();
    drag = { start: last, tool, add, line: [[last.x, last.y]], moved: false };
    canvas.setPointerCapture(event.pointerId);
    stageNode.focus({ preventScroll: true });
  });
  canvas.addEventListener("pointermove", (event) => {
    const place = placeOf(event);
    if (!drag) {
      actions.point(stage.targetAt(place.x, place.y), place);
      return;
    }
    drag.moved ||= Math.hypot(place.x - drag.start.x, place.y - drag.start.y) >= CLICK_PIXELS;
    if (!drag.moved) return;
    actions.point(undefined);
    if (drag.tool === "move") stage.pan(place.x - last.x, place.y - last.y);
    else {
      drag.line = drag.tool === "box" ? boxBetween(drag.start, place) : [...drag.line, [place.x, place.y]];
      stage.trace(drag.line);
    }
    last = place;
  });
  canvas.addEventListener("pointerup", (event) => {
    const place = placeOf(event);
    if (drag && !drag.moved) actions.click(stage.targetAt(place.x, place.y), drag.add);
    else if (drag && drag.tool !== "move") actions.enclose(drag.line, drag.add);
    stage.trace([]);
    drag = undefined;
  });
  canvas.addEventListener("pointercancel", () => {
    stage.trace([]);
    drag = undefined;
  });
  canvas.addEventListener("pointerleave", () => {
    if (!drag) actions.point(undefined);
  });
  canvas.addEventListener("dblclick", (event) => {
    const { x, y } = placeOf(event);
    stage.zoom(1, x, y);
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { x, y } = placeOf(event);
      stage.zoom(event.deltaY < 0 ? 1 : -1, x, y);
    },
    { passive: false },
  );
}

function boxBetween(one: { x: number; y: number }, other: { x: number; y: number }): [number, number][] {
  return [
    [one.x, one.y],
    [other.x, one.y],
    [other.x, other.y],
    [one.x, other.y],
  ];
}

/** Moves and enlarges by keys, goes from feature to feature and selects them. */
export function followKeyboard(stageNode: HTMLElement, stage: MapStage, actions: Actions): void {
  const goTo = (step: 1 | -1) => actions.point(nextTarget(stage, step));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => stage.step(-1, 0),
    ArrowRight: () => stage.step(1, 0),
    ArrowUp: () => stage.step(0, -1),
    ArrowDown: () => stage.step(0, 1),
    "+": () => stage.zoom(1),
    "=": () => stage.zoom(1),
    "-": () => stage.zoom(-1),
    "0": () => stage.reset(),
    n: () => goTo(1),
    p: () => goTo(-1),
    Enter: () => actions.click(stage.target, false),
    " ": () => actions.click(stage.target, true),
    Escape: () => {
      if (stage.target) actions.point(undefined);
      else actions.click(undefined, false);
    },
  };
  stageNode.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== stageNode) return;
    const action = keys[event.key];
    // JupyterLab has commands on single keys, such as deleting a cell: they must not happen while the map is used.
    if (action || event.key.length === 1) event.stopPropagation();
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/** The next feature that is shown, of the uppermost layer that has features one can point at. */
function nextTarget(stage: MapStage, step: 1 | -1): Target | undefined {
  const top = [...stage.order]
    .reverse()
    .find(({ visible, colouring }) => visible && colouring.type !== "density");
  const layer = stage.target?.layer ?? top;
  if (!layer) return undefined;
  const { count } = layer.spec;
  const start = stage.target?.feature ?? (step === 1 ? -1 : 0);
  for (let tried = 1; tried <= count; tried++) {
    const feature = (((start + step * tried) % count) + count) % count;
    if (layer.isShown(feature)) return { layer, feature };
  }
  return undefined;
}
