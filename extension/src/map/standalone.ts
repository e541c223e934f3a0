import { element } from "../output/element.ts";
import { LinkedRows } from "../output/selection-hub.ts";
import { WAYS } from "./exports/menu.ts";
import { DATA_ID, decodePart, type PageData } from "./exports/page-data.ts";
import { showMap } from "./map-view.ts";
import { PagePainter, SharingPainter } from "./paint/page-painter.ts";

// The script of a map's own page: no notebook, no kernel, no network. The build puts it into the page's template.

function followTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    document.body.dataset.jpThemeLight = String(!dark.matches);
  };
  follow();
  dark.addEventListener("change", follow);
}

async function show(host: HTMLElement): Promise<void> {
  const data: PageData = JSON.parse(document.getElementById(DATA_ID)?.textContent ?? "");
  const rows = new Map<string, LinkedRows>();
  document.title = data.spec.title;
  await showMap(host, {
    ...{ specification: data.spec, description: data.description, kept: data.state },
    ...{ keep: undefined, background: undefined, rowTable: undefined, ways: WAYS },
    fetchBlob: async (id) => {
      const part = data.parts[id];
      if (part === undefined) throw new RangeError("the page does not hold this part");
      return decodePart(part);
    },
    selections: {
      linkedRows(link) {
        const linked = rows.get(link.key) ?? new LinkedRows(link, () => undefined);
        rows.set(link.key, linked);
        return linked;
      },
    },
    signal: new AbortController().signal,
    painter: new SharingPainter(new PagePainter()),
  });
}

const host = element("div", { className: "tombolo-output tombolo-view" });
document.body.append(host);
followTheme();
show(host).catch((error: unknown) => {
  host.textContent = `The map cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
});
