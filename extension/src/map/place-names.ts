import { toPixels } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import { toMercator } from "./mercator.ts";
import type { MapStage } from "./stage.ts";

/** A place that a background names. */
export interface Place {
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly isCity: boolean;
}

/** More names are no help. */
const MOST_NAMES = 80;

/** A longer name is cut. */
const MOST_LETTERS = 60;

/** Names of a background's places. They lie above the data, which would hide them. */
export class PlaceNames {
  readonly node = element("div", { className: "tombolo-names", attributes: { "aria-hidden": "true" } });
  readonly #stage: MapStage;
  #shown: { readonly node: HTMLElement; readonly x: number; readonly y: number }[] = [];

  constructor(stage: MapStage) {
    this.#stage = stage;
  }

  show(places: readonly Place[]): void {
    this.#shown = places.slice(0, MOST_NAMES).map(({ name, longitude, latitude, isCity }) => {
      const [x, y] = toMercator(longitude, latitude);
      const className = isCity ? "tombolo-city" : "";
      return { node: element("span", { text: name.slice(0, MOST_LETTERS), className }), x, y };
    });
    this.node.replaceChildren(...this.#shown.map(({ node }) => node));
    this.follow();
  }

  /** Puts the names where their places are now. */
  follow(): void {
    const { view, size } = this.#stage;
    if (!view) return;
    for (const { node, x, y } of this.#shown) {
      const [left, top] = toPixels(view, size, x, y);
      node.style.transform = `translate(-50%, -50%) translate(${left}px, ${top}px)`;
    }
  }
}
