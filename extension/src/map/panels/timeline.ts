import { element } from "../../output/element.ts";
import { type Icon, iconElement } from "../icons.ts";
import { iconButton } from "../stage-buttons.ts";

const STEP_MILLISECONDS = 700;

/** A slider over times, with a button that plays them. Nothing plays by itself. */
export function timeline(
  steps: readonly string[],
  shown: number,
  choose: (step: number) => void,
  signal: AbortSignal,
): HTMLElement {
  const slider = element("input", {
    attributes: {
      ...{ type: "range", min: "0", max: String(steps.length - 1), value: String(shown), step: "1" },
      "aria-label": "Time",
    },
  });
  const text = element("output", { text: steps[shown] ?? "" });
  const play = iconButton("play", "Play");
  const label = (icon: Icon, text: string) => {
    play.replaceChildren(iconElement(icon));
    for (const name of ["aria-label", "title"]) play.setAttribute(name, text);
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  const show = (step: number) => {
    slider.value = String(step);
    slider.setAttribute("aria-valuetext", steps[step] ?? "");
    text.textContent = steps[step] ?? "";
    choose(step);
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    label("play", "Play");
  };
  play.addEventListener("click", () => {
    if (timer !== undefined) {
      stop();
      return;
    }
    label("pause", "Pause");
    timer = setInterval(() => show((Number(slider.value) + 1) % steps.length), STEP_MILLISECONDS);
  });
  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  signal.addEventListener("abort", stop);
  return element("div", { className: "tombolo-timeline", children: [play, slider, text] });
}
