import type { MapCanvas } from "./map-canvas.ts";

/** Called with the feature that is pointed at, or -1, and the pixel. */
export type OnPoint = (feature: number, place?: { x: number; y: number }) => void;

/** Moves the map by dragging and tells what the pointer is over. The wheel enlarges only with Ctrl: else the notebook scrolls. */
export function followPointer(stage: HTMLElement, canvas: MapCanvas, onPoint: OnPoint): void {
  let last: { x: number; y: number } | undefined;
  const placeOf = (event: MouseEvent) => {
    const box = canvas.node.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.node.addEventListener("pointerdown", (event) => {
    last = placeOf(event);
    canvas.node.setPointerCapture(event.pointerId);
    stage.focus({ preventScroll: true });
  });
  canvas.node.addEventListener("pointermove", (event) => {
    const place = placeOf(event);
    if (last) {
      canvas.pan(place.x - last.x, place.y - last.y);
      last = place;
      onPoint(-1);
    } else onPoint(canvas.featureAt(place.x, place.y), place);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas.node.addEventListener(end, () => {
      last = undefined;
    });
  }
  canvas.node.addEventListener("pointerleave", () => onPoint(-1));
  canvas.node.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { x, y } = placeOf(event);
      canvas.zoom(event.deltaY < 0 ? 1 : -1, x, y);
    },
    { passive: false },
  );
}

/** Moves and enlarges by keys, and goes from feature to feature. */
export function followKeyboard(
  stage: HTMLElement,
  canvas: MapCanvas,
  features: number,
  onPoint: OnPoint,
): void {
  const goTo = (step: number) =>
    onPoint(features === 0 ? -1 : (canvas.highlighted + step + features) % features);
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => canvas.step(-1, 0),
    ArrowRight: () => canvas.step(1, 0),
    ArrowUp: () => canvas.step(0, -1),
    ArrowDown: () => canvas.step(0, 1),
    "+": () => canvas.zoom(1),
    "=": () => canvas.zoom(1),
    "-": () => canvas.zoom(-1),
    "0": () => canvas.reset(),
    n: () => goTo(1),
    p: () => goTo(canvas.highlighted < 0 ? 0 : -1),
    Escape: () => onPoint(-1),
  };
  stage.addEventListener("keydown", (event) => {
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
    if (!action || event.target !== stage) return;
    // JupyterLab has commands on single keys, such as deleting a cell: they must not happen while the map is used.
    event.preventDefault();
    event.stopPropagation();
    action();
  });
}
