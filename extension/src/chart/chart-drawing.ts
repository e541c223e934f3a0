import {
  type Brush,
  CHART_ROWS,
  chartTheme,
  choicesOf,
  HAS_SELECTION,
  isVegaLite,
  readsRows,
  refusingLoader,
  unknownMark,
  vegaReason,
} from "@tombolo/bundle";
import type { View } from "vega";
import { element } from "../output/element.ts";
import { isDark } from "../output/theme.ts";
import { type ChartRow, parseBrush } from "./chart-rows.ts";
import { chartTooltip } from "./chart-tooltip.ts";

/** More marks than this are drawn on a canvas: as elements they would take seconds. */
const MOST_ELEMENTS = 5000;
/** Height of a chart that says none, in pixels, as Vega-Lite has it. */
const HEIGHT = 300;
/** What axis and legend may take of a chart's width. */
const ROOM_FOR_AXES = 170;

/** What a chart is drawn from. */
export interface DrawnChart {
  readonly vegaLite: object;
  /** The chart in words. */
  readonly description: string;
  /** Width that there is, in pixels. */
  readonly width: number;
  /** The rows of the data that the specification only names. */
  readonly rows: readonly ChartRow[] | undefined;
  readonly hasSelection: boolean;
}

/** A chart drawn by our own Vega: expressions are interpreted, not compiled, and no address is loaded. */
export class ChartDrawing {
  readonly #view: View;
  /** Signals that tell what is chosen with the pointer. */
  readonly #choices: readonly string[];
  /** Whether the chart reads the rows at all. */
  readonly #readsItsRows: boolean;
  #isClearing = false;

  private constructor(view: View, choices: readonly string[], readsItsRows: boolean) {
    this.#readsItsRows = readsItsRows;
    this.#view = view;
    this.#choices = choices;
  }

  /** Draws into an element, and tells of each address that is not loaded. Rejects with a TypeError, whose message ends a sentence, when Vega cannot. */
  static async draw(
    container: HTMLElement,
    chart: DrawnChart,
    chosen: (brush: Brush) => void,
    refused: (address: string) => void,
  ): Promise<ChartDrawing> {
    const [{ compile }, vega, { expressionInterpreter }] = await Promise.all([
      import("vega-lite"),
      import("vega"),
      import("vega-interpreter"),
    ]);
    const logger = vega.logger(vega.None);
    const vegaLite: object = structuredClone(chart.vegaLite);
    if (!isVegaLite(vegaLite)) throw new TypeError("it is not a Vega-Lite specification");
    try {
      const theme = chartTheme(isDark() ? "dark" : "light", "system-ui, sans-serif");
      const config = { ...theme, background: "transparent" };
      const { spec } = compile(fitted(vegaLite, chart.width), { config, logger });
      const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
        expr: expressionInterpreter,
        loader: refusingLoader("kept", refused),
        logger,
        renderer: (chart.rows?.length ?? ownRows(vegaLite)) > MOST_ELEMENTS ? "canvas" : "svg",
        container,
        hover: true,
        tooltip: chartTooltip(container),
      });
      const signals = new Set(spec.signals?.map(({ name }) => name));
      const choices = choicesOf(vegaLite).filter((name) => signals.has(name));
      const drawing = new ChartDrawing(view, choices, readsRows(spec));
      if (chart.rows) drawing.#put(chart.rows, chart.hasSelection);
      await view.runAsync();
      // Only now: the first run tells that nothing has been chosen, which must not undo what is selected.
      if (signals.has(HAS_SELECTION)) drawing.#listen(chosen);
      describe(container, chart.description);
      return drawing;
    } catch (error) {
      const mark = unknownMark(chart.vegaLite);
      if (mark !== undefined) throw new TypeError(`Vega-Lite has no mark "${mark}"`);
      throw new TypeError(vegaReason(error));
    }
  }

  /** Draws other rows. Without `keepBrush` what was chosen in this chart is no longer marked. */
  async update(rows: readonly ChartRow[], hasSelection: boolean, keepBrush: boolean): Promise<void> {
    this.#put(rows, hasSelection);
    if (!keepBrush) for (const choice of this.#choices) this.#view.data(`${choice}_store`, []);
    this.#isClearing = true;
    await this.#view.runAsync();
    this.#isClearing = false;
  }

  finalize(): void {
    this.#view.finalize();
  }

  #put(rows: readonly ChartRow[], hasSelection: boolean): void {
    // Vega marks the rows that it is given.
    if (this.#readsItsRows)
      this.#view.data(
        CHART_ROWS,
        rows.map((row) => ({ ...row })),
      );
    this.#view.signal(HAS_SELECTION, hasSelection);
  }

  /** Tells at most once a frame: a pointer moves more often than views can be drawn. */
  #listen(chosen: (brush: Brush) => void): void {
    let frame = 0;
    for (const choice of this.#choices)
      this.#view.addSignalListener(choice, (_name, value: unknown) => {
        if (this.#isClearing) return;
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => chosen(parseBrush(value)));
      });
  }
}

/** How many rows a specification brings along. */
function ownRows({ data }: { readonly data?: unknown }): number {
  const values = typeof data === "object" && data !== null && "values" in data ? data.values : [];
  return Array.isArray(values) ? values.length : 0;
}

/**
 * One picture with a description says more than hundreds of marks that are read one by one, as Vega would have it. Fields by
 * which a reader changes the chart are beside the picture.
 */
function describe(container: HTMLElement, description: string): void {
  for (const name of ["role", "aria-roledescription", "aria-label"]) container.removeAttribute(name);
  container.querySelector("svg, canvas")?.setAttribute("aria-hidden", "true");
  const attributes = { role: "img", "aria-label": description };
  container.prepend(element("span", { className: "tombolo-spoken", attributes }));
}

/**
 * The chart no wider than there is room, if it says its width in pixels. It is as high as it is drawn: one that is to be as
 * high as its container would never stop to grow.
 */
function fitted<Specification extends object>(vegaLite: Specification, room: number): Specification {
  const { width, height }: { width?: unknown; height?: unknown } = vegaLite;
  return {
    ...vegaLite,
    ...(typeof width === "number" &&
      room > 0 && { width: Math.max(160, Math.min(width, room - ROOM_FOR_AXES)) }),
    ...(height === "container" && { height: HEIGHT }),
  };
}
