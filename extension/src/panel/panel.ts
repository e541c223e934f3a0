import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { Kernel } from "@jupyterlab/services";
import { Widget } from "@lumino/widgets";
import { PANEL_COMM_TARGET, type PanelAnswer, type PanelRequest, parsePanelAnswer } from "@tombolo/bundle";
import { connected } from "../output/blobs.ts";
import { element } from "../output/element.ts";
import { catalogueList, importList, storeTable } from "./sections.ts";

const PAUSE_MILLISECONDS = 250;

/** The side panel: what can be imported, what the store of the open notebook holds, and imports that run. */
export class TomboloPanel extends Widget {
  readonly #tracker: INotebookTracker;
  readonly #insert: (source: string) => void;
  readonly #note = element("p", { className: "tombolo-note", attributes: { role: "status" } });
  readonly #field = element("input", {
    className: "tombolo-panel-search",
    attributes: {
      type: "search",
      placeholder: "cycling lsoa leeds",
      "aria-label": "Search the catalogue",
      spellcheck: "false",
    },
  });
  readonly #catalogue = element("div", { className: "tombolo-panel-catalogue" });
  readonly #store = element("div");
  readonly #imports = element("div", { attributes: { "aria-live": "polite" } });
  #comm: Kernel.IComm | undefined;
  #kernel: string | undefined;

  constructor(tracker: INotebookTracker, insert: (source: string) => void) {
    super();
    this.#tracker = tracker;
    this.#insert = insert;
    this.id = "tombolo-panel";
    this.title.iconClass = "tombolo-icon";
    this.title.caption = "Tombolo: catalogue and store";
    this.addClass("tombolo-panel");
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", "Tombolo");
    this.node.append(
      element("h2", { text: "Tombolo" }),
      this.#note,
      this.#imports,
      element("h3", { text: "Catalogue" }),
      this.#field,
      this.#catalogue,
      element("h3", { text: "Store" }),
      this.#store,
    );
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#search(), PAUSE_MILLISECONDS);
    });
    tracker.currentChanged.connect(this.#refollow);
  }

  /** A slot of its own, which signals that it is connected with twice call once. */
  readonly #refollow = (): void => void this.#follow();

  protected override onAfterShow(): void {
    void this.#follow();
  }

  /** Asks the kernel of the notebook that is looked at. */
  async #follow(): Promise<void> {
    const panel = this.#tracker.currentWidget;
    if (!this.isVisible) return;
    panel?.sessionContext.kernelChanged.connect(this.#refollow);
    // A kernel that has started anew is the same, without its comms.
    panel?.sessionContext.statusChanged.connect(this.#refollow);
    const kernel = panel && (await ourKernel(panel).catch(() => undefined));
    if (!kernel) {
      this.#kernel = undefined;
      this.#say(
        "Open a notebook of the kernel “TypeScript (Tombolo)” to see what can be imported and what its store holds.",
      );
      return;
    }
    if (kernel.id === this.#kernel && this.#comm && !this.#comm.isDisposed) return;
    this.#kernel = kernel.id;
    const comm = kernel.createComm(PANEL_COMM_TARGET);
    comm.onMsg = ({ content }) => this.#show(parsePanelAnswer(content.data));
    comm.onClose = () => {
      this.#kernel = undefined;
    };
    comm.open({});
    this.#comm = comm;
    this.#say("");
    this.#ask({ want: "store" });
    this.#search();
  }

  #search(): void {
    this.#ask({ want: "catalogue", words: this.#field.value });
  }

  #ask(request: PanelRequest): void {
    if (this.#comm && !this.#comm.isDisposed) this.#comm.send({ ...request });
  }

  #say(text: string): void {
    this.#note.textContent = text;
    this.#note.hidden = text === "";
    if (text === "") return;
    for (const part of [this.#catalogue, this.#store, this.#imports]) part.replaceChildren();
  }

  #show(answer: PanelAnswer): void {
    if (answer.give === "mistake")
      this.#catalogue.replaceChildren(element("p", { className: "tombolo-note", text: answer.message }));
    else if (answer.give === "imports") this.#imports.replaceChildren(...importList(answer.imports));
    else if (answer.give === "store") this.#store.replaceChildren(...storeTable(answer));
    else if (answer.words === this.#field.value)
      this.#catalogue.replaceChildren(...catalogueList(answer, (word) => this.#insert(`%import ${word}`)));
  }
}

async function ourKernel(panel: NotebookPanel): Promise<Kernel.IKernelConnection> {
  const kernel = await connected(panel.sessionContext);
  if (kernel.name !== "tombolo") throw new Error("the notebook has another kernel");
  return kernel;
}
