import { formatNumber, type PanelAnswer, type PanelImport } from "@tombolo/bundle";
import { element } from "../output/element.ts";

type Given<Kind extends PanelAnswer["give"]> = Extract<PanelAnswer, { readonly give: Kind }>;

/** Datasources, each with a button that puts its import into the notebook. */
export function catalogueList(
  { datasources, found, words }: Given<"catalogue">,
  insert: (word: string) => void,
): HTMLElement[] {
  if (found === 0)
    return [note(words === "" ? "The catalogue is empty." : `Nothing is known about “${words}”.`)];
  const items = datasources.map(({ word, title, description, publisher, years }) => {
    const button = element("button", {
      className: "tombolo-switch",
      text: "Insert",
      attributes: { type: "button", "aria-label": `Insert %import ${word}`, title: `%import ${word}` },
    });
    button.addEventListener("click", () => insert(word));
    const details = [publisher, years].filter((text) => text !== "").join(" · ");
    return element("li", {
      children: [
        element("div", {
          className: "tombolo-panel-title",
          children: [element("strong", { text: title }), button],
        }),
        element("code", { text: word }),
        element("div", { className: "tombolo-unit", text: details }),
        ...(description === "" || description === title ? [] : [element("div", { text: description })]),
      ],
    });
  });
  const rest = found > datasources.length ? [note(`${found - datasources.length} more: add a word.`)] : [];
  return [element("ul", { className: "tombolo-panel-list", children: items }), ...rest];
}

/** The datasets of a store. */
export function storeTable({ datasets, folder }: Given<"store">): HTMLElement[] {
  if (datasets.length === 0) return [note(`Nothing has been imported yet into ${folder}.`)];
  const items = datasets.map(({ title, bytes, access, source, retrieved }) =>
    element("li", {
      children: [
        element("div", {
          className: "tombolo-panel-title",
          children: [
            element("strong", { text: title }),
            element("span", {
              className: "tombolo-access",
              text: access,
              attributes: { "data-access": access },
            }),
          ],
        }),
        element("div", { className: "tombolo-unit", text: `${sizeText(bytes)} · ${retrieved.slice(0, 10)}` }),
        ...(source === "" ? [] : [element("div", { className: "tombolo-source", text: source })]),
      ],
    }),
  );
  return [element("ul", { className: "tombolo-panel-list", children: items }), note(folder)];
}

/** Imports that run, with how far they are. */
export function importList(imports: readonly PanelImport[]): HTMLElement[] {
  return imports.map(({ name, stage, share }) => {
    const bar = element("progress", {
      attributes: {
        "aria-label": `Import of ${name}`,
        max: "1",
        ...(share !== undefined && { value: String(share) }),
      },
    });
    return element("div", {
      className: "tombolo-panel-import",
      children: [
        element("strong", { text: name }),
        bar,
        element("span", { className: "tombolo-unit", text: stage }),
      ],
    });
  });
}

function note(text: string): HTMLElement {
  return element("p", { className: "tombolo-note", text });
}

/** Bytes as people read them. */
function sizeText(bytes: number): string {
  return bytes < 1000
    ? `${bytes} B`
    : `${formatNumber(bytes, ".3~s").replace("k", " k").replace("M", " M").replace("G", " G")}B`;
}
