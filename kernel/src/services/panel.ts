import {
  PANEL_COMM_TARGET,
  type PanelAnswer,
  type PanelDatasource,
  parsePanelRequest,
} from "@tombolo/bundle/panel-protocol";
import { UserError } from "../errors.ts";
import { onImports, runningImports } from "../importers/running.ts";
import type { Session } from "../magics/session.ts";
import { defineService } from "./service.ts";

const MOST_DATASOURCES = 60;

/** `tombolo.panel`: catalogue, store and running imports, for the side panel. */
export const panel = defineService({
  target: PANEL_COMM_TARGET,
  doc: "Tells the side panel what can be imported, what the store holds, and how far imports are.",
  opened(session, comm) {
    const tell = (answer: PanelAnswer) => comm.send(answer);
    const tellImports = () => tell({ give: "imports", imports: runningImports() });
    let running = 0;
    const stop = onImports(async () => {
      tellImports();
      const { length } = runningImports();
      if (length < running) tell(await storeAnswer(session));
      running = length;
    });
    comm.onClose(stop);
    comm.onMessage(async (message) => {
      const request = parsePanelRequest(message);
      try {
        tell(request.want === "store" ? await storeAnswer(session) : await catalogueAnswer(request.words));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        tell({ give: "mistake", message: error.message });
      }
    });
    tellImports();
  },
});

async function storeAnswer(session: Session): Promise<PanelAnswer> {
  const store = await session.store();
  await store.refresh();
  const datasets = store.datasets().map(({ manifest }) => ({
    title: manifest.title,
    bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    access: manifest.access,
    source: manifest.attribution,
    retrieved: manifest.source.retrieved,
  }));
  return { give: "store", folder: store.folder, datasets: datasets.reverse() };
}

async function catalogueAnswer(words: string): Promise<PanelAnswer> {
  const { knownDatasources } = await import("../catalogue/word-index.ts");
  const { searchCatalogue } = await import("../catalogue/search.ts");
  const listed =
    words.trim() === ""
      ? await knownDatasources()
      : (await searchCatalogue(words)).hits.map((hit) => hit.listed);
  const datasources = listed.slice(0, MOST_DATASOURCES).map(
    ({ word, importer, datasource, years }): PanelDatasource => ({
      word,
      title: datasource.name === "" || datasource.name === datasource.id ? importer.title : datasource.name,
      description: datasource.description,
      publisher: importer.provider.name,
      years,
    }),
  );
  return { give: "catalogue", words, found: listed.length, datasources };
}
