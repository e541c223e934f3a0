import type { Kernel } from "@jupyterlab/services";
import { CHART_COMM_TARGET, type ChartSpec, checkVegaLite, parseChartSpec } from "@tombolo/bundle";
import { bufferOf, closeComm } from "../output/blobs.ts";
import { element } from "../output/element.ts";
import type { Draw, DrawInput } from "../output/renderer.ts";
import type { LinkedRows } from "../output/selection-hub.ts";
import { onThemeChange } from "../output/theme.ts";
import { ChartDrawing } from "./chart-drawing.ts";
import { type ChartRow, chosenRows, decodeChartRows, rowsOfBrush } from "./chart-rows.ts";

/** Shows a chart that is linked with the other views of the same rows. */
export const drawChart: Draw = async (host, input) => {
  const spec = parseChartSpec(input.specification);
  checkVegaLite(spec.vegaLite);
  const linked = spec.link && input.selections.linkedRows(spec.link);
  const rows = spec.rows === undefined ? undefined : decodeChartRows(await input.fetchBlob(spec.rows));
  const container = element("div", { className: "tombolo-chart-canvas" });
  // A region that scrolls must be reached by the keyboard, and then needs a name.
  const stage = element("div", {
    className: "tombolo-chart tombolo-scroll",
    attributes: { tabindex: "0", role: "region", "aria-label": `Chart: ${spec.title}` },
    children: [container],
  });
  stage.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !linked?.selected) return;
    event.stopPropagation();
    linked.select(undefined);
  });
  const foot = element("div", { children: spec.source === "" ? [] : [line(spec.source)] });
  host.append(stage, foot, ...asTable(spec, stage, input));
  const chart = new LinkedChart(spec, rows, linked, input, container, refusals(foot));
  await chart.draw();
};

/** Shows a Vega-Lite specification of any kernel's, with its own data. */
export const drawVegaLite: Draw = (host, input) => {
  const { specification: vegaLite, description } = input;
  return drawChart(host, {
    ...input,
    specification: {
      version: 1,
      access: "public",
      title: description || "Vega-Lite chart",
      source: "",
      vegaLite,
    },
  });
};

const line = (text: string) => element("div", { className: "tombolo-source", text });

const MOST_REFUSALS = 3;

/** Says below a chart, once each, which addresses it has asked for in vain. */
function refusals(foot: HTMLElement): (address: string) => void {
  const told = new Set<string>();
  return (address) => {
    if (told.has(address) || told.size >= MOST_REFUSALS) return;
    told.add(address);
    foot.append(line(`A chart loads nothing from elsewhere: ${address.slice(0, 120)}`));
  };
}

/** A button that puts the chart's rows in its place as a table, and back: there they can be read and selected by keyboard. */
function asTable(spec: ChartSpec, stage: HTMLElement, input: DrawInput): HTMLElement[] {
  if (spec.table === undefined) return [];
  const button = element("button", {
    className: "tombolo-switch",
    text: "Show as table",
    attributes: { type: "button" },
  });
  const place = element("div");
  place.hidden = true;
  let isDrawn = false;
  button.addEventListener("click", async () => {
    if (!isDrawn) {
      isDrawn = true;
      const { drawGrid, openTable } = await import("../table/table-view.ts");
      await openTable(spec.table, input).then(
        (source) => drawGrid(place, source, input),
        () =>
          place.append(element("p", { className: "tombolo-note", text: "Run the cell to see its rows." })),
      );
    }
    place.hidden = !place.hidden;
    stage.hidden = !place.hidden;
    button.textContent = place.hidden ? "Show as table" : "Show as chart";
  });
  return [place, button];
}

/** A chart that has this much room needs no more, in pixels. */
const WIDEST = 760;

/** A chart in step with what is selected in its notebook. */
class LinkedChart {
  readonly #spec: ChartSpec;
  /** The rows as they came, or as the kernel has drawn them anew. */
  #rows: readonly ChartRow[] | undefined;
  readonly #linked: LinkedRows | undefined;
  readonly #input: DrawInput;
  readonly #container: HTMLElement;
  readonly #refused: (address: string) => void;
  #drawing: ChartDrawing | undefined;
  #comm: Kernel.IComm | undefined;
  /** Whether rows were selected when the kernel drew the chart. */
  #hasSelection = false;
  /** Whether the next change of the selection is one that was made in this chart. */
  #isOwn = false;

  constructor(
    spec: ChartSpec,
    rows: readonly ChartRow[] | undefined,
    linked: LinkedRows | undefined,
    input: DrawInput,
    container: HTMLElement,
    refused: (address: string) => void,
  ) {
    this.#refused = refused;
    this.#spec = spec;
    this.#rows = rows;
    this.#linked = linked;
    this.#input = input;
    this.#container = container;
  }

  async draw(): Promise<void> {
    await this.#redraw();
    const { signal } = this.#input;
    onThemeChange(() => void this.#redraw(), signal);
    // An output has no size while its cell is out of sight.
    const room = () => Math.min(this.#container.clientWidth || WIDEST, WIDEST);
    let before = room();
    const observer = new ResizeObserver(() => {
      if (room() === before) return;
      before = room();
      void this.#redraw();
    });
    observer.observe(this.#container);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.#drawing?.finalize();
    });
    if (this.#spec.plan !== undefined) await this.#follow(this.#spec.plan);
    else this.#linked?.onChange(() => void this.#update(), signal);
  }

  async #redraw(): Promise<void> {
    const { description } = this.#input;
    const before = this.#drawing;
    this.#drawing = await ChartDrawing.draw(
      this.#container,
      {
        vegaLite: this.#spec.vegaLite,
        description: `${this.#spec.title}. ${description}`,
        width: this.#container.clientWidth,
        rows: this.#drawnRows(),
        hasSelection: this.#isSelected(),
      },
      (brush) => this.#choose(brush),
      this.#refused,
    );
    before?.finalize();
  }

  /** Each drawn row is one of the result, or as the kernel has drawn it. */
  #drawnRows(): readonly ChartRow[] | undefined {
    if (this.#spec.plan !== undefined || !this.#rows) return this.#rows;
    return chosenRows(this.#rows, this.#linked?.selected, this.#linked?.shown);
  }

  async #update(): Promise<void> {
    const keepBrush = this.#isOwn;
    this.#isOwn = false;
    const isSelected = this.#isSelected();
    await this.#drawing?.update(this.#drawnRows() ?? [], isSelected, keepBrush && isSelected);
  }

  #isSelected(): boolean {
    return this.#spec.plan === undefined ? this.#linked?.selected !== undefined : this.#hasSelection;
  }

  #choose(brush: Parameters<Parameters<typeof ChartDrawing.draw>[2]>[0]): void {
    this.#isOwn = true;
    if (this.#comm) this.#comm.send(brush);
    else if (this.#linked && this.#rows && this.#spec.plan === undefined) {
      this.#linked.select(brush ? rowsOfBrush(this.#rows, this.#linked.link.count, brush) : undefined);
    }
  }

  /** Lets the kernel draw the rows anew when others are selected. Without it the chart stays as it is. */
  async #follow(plan: string): Promise<void> {
    const kernel = await this.#input.connect().catch(() => undefined);
    if (!kernel || this.#input.signal.aborted) return;
    const comm = kernel.createComm(CHART_COMM_TARGET);
    comm.onMsg = (message) => {
      const bytes = bufferOf(message);
      if (!bytes) return;
      this.#rows = decodeChartRows(bytes);
      // The kernel may tell of the selection itself only after this.
      this.#hasSelection = message.content.data["hasSelection"] === true;
      void this.#update();
    };
    comm.onClose = () => {
      this.#comm = undefined;
    };
    comm.open({ plan });
    this.#comm = comm;
    this.#input.signal.addEventListener("abort", () => closeComm(comm, kernel));
  }
}
