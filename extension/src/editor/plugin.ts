import { defineLanguageFacet, Language, LanguageSupport } from "@codemirror/language";
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { type IEditorLanguage, IEditorLanguageRegistry } from "@jupyterlab/codemirror";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import type { Parser } from "@lezer/common";
import { PLUGIN_ID, readSettings } from "../settings.ts";
import { type Languages, MagicParser } from "./magic-parser.ts";

/** MIME type of cells that are TypeScript with magics. */
const MAGIC_TYPESCRIPT = "text/x-tombolo-typescript";

/** Languages that magics say, and what JupyterLab calls them. */
const NAMES: Readonly<Record<string, string>> = {
  typescript: "TypeScript",
  sql: "sql",
  yaml: "yaml",
  html: "html",
  markdown: "ipythongfm",
  shell: "shell",
};

/** Shows magics, SQL, YAML and TypeScript in the cells of our kernel each in its own colours. */
export const editorPlugin: JupyterFrontEndPlugin<void> = {
  id: "@tombolo/jupyterlab:editor",
  description: "Highlights TypeScript, magics and the languages under them.",
  autoStart: true,
  requires: [INotebookTracker, IEditorLanguageRegistry],
  optional: [ISettingRegistry],
  activate: async (
    _app,
    tracker: INotebookTracker,
    registry: IEditorLanguageRegistry,
    settings: ISettingRegistry | null,
  ) => {
    registry.addLanguage({
      name: "tombolo-typescript",
      displayName: "TypeScript with magics",
      mime: MAGIC_TYPESCRIPT,
      load: async () => support(await loadLanguages(registry)),
    });
    const { highlight } = readSettings(await settings?.load(PLUGIN_ID).catch(() => undefined));
    if (!highlight) return;
    const load = async () => {
      // What the notebook asks for itself must not arrive after ours.
      await registry.getLanguage("text/javascript");
      await registry.getLanguage(MAGIC_TYPESCRIPT);
    };
    tracker.widgetAdded.connect((_tracker, panel) => followCells(panel, load));
    tracker.forEach((panel) => {
      followCells(panel, load);
    });
  },
};

async function loadLanguages(registry: IEditorLanguageRegistry): Promise<Languages> {
  const loaded = await Promise.all(
    Object.entries(NAMES).map(async ([name, known]): Promise<[string, Parser | undefined]> => {
      const found: IEditorLanguage | null = registry.findByName(known);
      const language = found && (await registry.getLanguage(found.name));
      return [name, language?.support?.language.parser];
    }),
  );
  return Object.fromEntries(loaded);
}

function support(languages: Languages): LanguageSupport {
  const data = defineLanguageFacet({ commentTokens: { line: "//", block: { open: "/*", close: "*/" } } });
  const parser = new MagicParser(languages);
  return new LanguageSupport(new Language(data, parser, [], "tombolo-typescript"));
}

/** Gives the code cells of a notebook our language as long as its kernel is ours. */
function followCells(panel: NotebookPanel, load: () => Promise<void>): void {
  const apply = async () => {
    if (panel.isDisposed) return;
    const name =
      panel.sessionContext.session?.kernel?.name ?? panel.content.model?.getMetadata("kernelspec")?.name;
    if (name !== "tombolo") return;
    await load();
    if (panel.isDisposed) return;
    for (const { isDisposed, model } of panel.content.widgets) {
      if (isDisposed) continue;
      if (model.type === "code" && model.mimeType !== MAGIC_TYPESCRIPT) model.mimeType = MAGIC_TYPESCRIPT;
    }
  };
  // The notebook itself sets the type of its cells at the same moments.
  const soon = () => {
    requestAnimationFrame(() => void apply());
  };
  const follow = () => {
    panel.content.model?.cells.changed.connect(soon);
    panel.content.model?.metadataChanged.connect(soon);
    soon();
  };
  panel.content.modelContentChanged.connect(soon);
  panel.content.modelChanged.connect(follow);
  panel.sessionContext.kernelChanged.connect(soon);
  panel.sessionContext.statusChanged.connect(soon);
  void panel.context.ready.then(follow);
}
