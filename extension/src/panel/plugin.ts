import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { INotebookTracker, NotebookActions } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { CATEGORY, CELLS } from "../commands/cells.ts";
import { PLUGIN_ID, readSettings } from "../settings.ts";
import { TomboloPanel } from "./panel.ts";

/** The side panel, and commands that put cells into the notebook. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: "Side panel with catalogue and store, commands, settings.",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette, ISettingRegistry, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    registry: ISettingRegistry | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const insert = (source: string) => insertCell(tracker, source);
    const panel = new TomboloPanel(tracker, insert);
    app.shell.add(panel, "left", { rank: 700 });
    restorer?.add(panel, panel.id);
    const command = (id: string, label: string, execute: () => void, needsNotebook: boolean) => {
      const isEnabled = () => !needsNotebook || tracker.currentWidget !== null;
      app.commands.addCommand(id, { label, execute, isEnabled });
      palette?.addItem({ command: id, category: CATEGORY });
    };
    command("tombolo:open-panel", "Show catalogue and store", () => app.shell.activateById(panel.id), false);
    for (const { name, label, source } of CELLS)
      command(`tombolo:insert-${name}`, label, () => insert(source), true);
    void registry?.load(PLUGIN_ID).then((settings) => {
      const apply = () => {
        const { tableHeight } = readSettings(settings);
        document.body.style.setProperty("--tombolo-table-height", `${tableHeight}px`);
      };
      settings.changed.connect(apply);
      apply();
      if (readSettings(settings).openPanel) void app.restored.then(() => app.shell.activateById(panel.id));
    });
  },
};

/** Puts a new cell below the current one, and the cursor into it. */
function insertCell(tracker: INotebookTracker, source: string): void {
  const notebook = tracker.currentWidget?.content;
  if (!notebook) return;
  NotebookActions.insertBelow(notebook);
  notebook.activeCell?.model.sharedModel.setSource(source);
  notebook.mode = "edit";
}
