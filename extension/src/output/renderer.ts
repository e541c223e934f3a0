import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Kernel } from "@jupyterlab/services";
import { Widget } from "@lumino/widgets";
import { CHART_MIME, isLiveReference, MAP_MIME, TABLE_MIME } from "@tombolo/bundle";
import { knownOf, OUTPUT_NAMES, placeholderText, readReference } from "@tombolo/bundle/placeholder";
import type { FetchBlob } from "./blobs.ts";
import { element } from "./element.ts";
import type { SelectionHub } from "./selection-hub.ts";

/** What the views of one notebook have in common. */
export interface NotebookParts {
  readonly fetchBlob: FetchBlob;
  /** The notebook's kernel, once it can be asked; rejects when there is none. */
  connect(): Promise<Kernel.IKernelConnection>;
  /** Calls a function when the kernel that knew the views has ended or starts anew. */
  onKernelGone(gone: () => void, signal: AbortSignal): void;
  /** What the views have selected. */
  readonly selections: SelectionHub;
  /** Where files below the notebook's folder are served, with a slash at the end. */
  readonly files: () => string;
  /** Hosts from which backgrounds of maps may come. */
  readonly basemapHosts: () => readonly string[];
}

/** What a view is drawn from. */
export interface DrawInput extends NotebookParts {
  /** The specification, not yet checked. */
  readonly specification: unknown;
  /** The output in words. */
  readonly description: string;
  /** What was kept of the view in the notebook, not yet checked. */
  readonly kept: unknown;
  /** Keeps something of the view in the notebook. Only for what a reader has asked for: opening a notebook changes nothing. */
  readonly keep: (state: unknown) => void;
  /** Aborted when the view is no longer shown. */
  readonly signal: AbortSignal;
}

/** Draws a view into an empty element. Rejects when it cannot; the saved picture is then shown instead. */
export type Draw = (host: HTMLElement, input: DrawInput) => Promise<void>;

/** Shows what was saved, with nothing of the kernel's; undefined when nothing was. Throws a TypeError for what is not what it should be. */
export type ShowSaved = (specification: unknown) => HTMLElement | undefined;

/** What is shown: the live view, the saved picture, a note that there is nothing to show, or that with an error. */
type State = "live" | "picture" | "placeholder" | "error";

const OWN_MIMES: readonly string[] = [MAP_MIME, CHART_MIME, TABLE_MIME];

/** An output: live when its kernel is there, else the picture that was saved with it. It never changes the notebook. */
export class OutputRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #mimeType: string;
  readonly #draw: Draw;
  readonly #notebook: NotebookParts;
  readonly #showWithoutPicture: ShowSaved | undefined;
  #drawing = new AbortController();
  #isKeeping = false;

  /** @param showWithoutPicture - for views of which no picture is saved */
  constructor(mimeType: string, draw: Draw, notebook: NotebookParts, showWithoutPicture?: ShowSaved) {
    super();
    this.addClass("tombolo-output");
    this.#mimeType = mimeType;
    this.#draw = draw;
    this.#notebook = notebook;
    this.#showWithoutPicture = showWithoutPicture;
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    // What is kept of a view is as it is shown already.
    if (this.#isKeeping) return;
    this.#drawing.abort();
    this.#drawing = new AbortController();
    const { signal } = this.#drawing;
    const saved = model.data[this.#mimeType];
    const description = String(model.data["text/plain"] ?? "");
    try {
      // A notebook of somebody else's has not earned the kernel's attention: it shows its pictures until it is run.
      if (!model.trusted) {
        const view = this.#showWithoutPicture?.(saved);
        if (!view) throw new Error("the notebook is not trusted");
        this.#show("picture", view, note(RUN));
        return;
      }
      const specification = isLiveReference(saved) ? await this.#fetchSpecification(saved.live) : saved;
      const host = element("div", { className: "tombolo-view" });
      const kept = keptIn(model.metadata[this.#mimeType]);
      const keep = (state: unknown) => this.#keep(model, state);
      await this.#draw(host, { ...this.#notebook, specification, description, kept, keep, signal });
      if (signal.aborted) return;
      this.#show("live", host);
      // The view stays as it is, but some of what it offers is asked from the kernel.
      if (OWN_MIMES.includes(this.#mimeType)) this.#notebook.onKernelGone(() => this.#note(), signal);
    } catch (error) {
      if (!signal.aborted) this.#showSaved(model, description, error);
    }
  }

  override dispose(): void {
    this.#drawing.abort();
    // JupyterLab keeps nodes of closed notebooks for a while; what a view has painted need not stay with them.
    this.node.replaceChildren();
    super.dispose();
  }

  async #fetchSpecification(id: string): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await this.#notebook.fetchBlob(id)));
  }

  #keep(model: IRenderMime.IMimeModel, state: unknown): void {
    // What goes into a notebook is JSON.
    const view = JSON.parse(JSON.stringify(state));
    this.#isKeeping = true;
    model.setData({ metadata: { ...model.metadata, [this.#mimeType]: { view } } });
    this.#isKeeping = false;
  }

  #show(state: State, ...nodes: Node[]): void {
    this.node.dataset.tomboloState = state;
    this.node.replaceChildren(...nodes);
  }

  #note(): void {
    if (this.node.querySelector(".tombolo-gone")) return;
    this.node.append(
      element("p", {
        className: "tombolo-note tombolo-gone",
        text: "The kernel that made this has ended: run the cell to use all of it.",
      }),
    );
  }

  #showSaved(model: IRenderMime.IMimeModel, description: string, error: unknown): void {
    const picture = model.data["image/png"];
    const isMistake = error instanceof TypeError;
    const state = isMistake ? "error" : "picture";
    const reason = isMistake ? `This output cannot be shown live: ${error.message}.` : RUN;
    if (typeof picture !== "string") {
      // The text of another kernel's object says nothing to people.
      const placed = isMistake
        ? note(reason)
        : placeholderOf(this.#mimeType, model.data[this.#mimeType], description);
      this.#show(isMistake ? state : "placeholder", placed);
      return;
    }
    const image = element("img", { className: "tombolo-picture" });
    image.src = `data:image/png;base64,${picture}`;
    image.alt = description;
    this.#show(state, image, note(reason));
  }
}

const RUN = "Run the cell to make this live.";

const note = (text: string) => element("p", { className: "tombolo-note", text });

/** What is said of an output that is not saved; its title stands above it. */
function placeholderOf(mimeType: string, saved: unknown, description: string): HTMLElement {
  const reference = readReference(mimeType, saved);
  if (!reference) return note(description);
  const what = OUTPUT_NAMES[mimeType] ?? "";
  const [sentence = ""] = placeholderText(mimeType, reference).split("\n");
  const known = knownOf(mimeType, { ...reference, title: what }).join(" · ");
  const title = reference.title === what ? [] : [element("strong", { text: reference.title })];
  return element("div", {
    className: "tombolo-note",
    children: [
      ...title,
      element("p", { text: sentence }),
      ...(known === "" ? [] : [element("p", { text: known })]),
    ],
  });
}

function keptIn(metadata: unknown): unknown {
  return typeof metadata === "object" && metadata !== null && "view" in metadata ? metadata.view : undefined;
}
