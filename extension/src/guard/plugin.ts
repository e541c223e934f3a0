import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { Notification } from "@jupyterlab/apputils";
import { isCodeCellModel } from "@jupyterlab/cells";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { savedPartOfClosed } from "@tombolo/bundle/closed-output";

/**
 * Keeps values of data that is not public out of what is saved. The kernel puts none there in the first place; this is the
 * second line, for outputs that came another way.
 */
export const guardPlugin: JupyterFrontEndPlugin<void> = {
  id: "@tombolo/jupyterlab:guard",
  description: "Keeps values of data that is not public out of saved notebooks.",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_app, tracker: INotebookTracker) => {
    tracker.widgetAdded.connect((_tracker, panel) => guard(panel));
    tracker.forEach(guard);
  },
};

function guard(panel: NotebookPanel): void {
  // "started" is told before the notebook is written out.
  panel.context.saveState.connect((_context, state) => {
    if (state !== "started") return;
    const count = removeClosed(panel);
    if (count === 0) return;
    const outputs = count === 1 ? "1 output" : `${count} outputs`;
    Notification.warning(
      `${outputs} held what may be values of data that is not public. It was taken out before saving; run the cells to see it again.`,
      { autoClose: 8_000 },
    );
  });
}

/** Takes out what must not be saved; returns of how many outputs. */
function removeClosed({ content }: NotebookPanel): number {
  let count = 0;
  const notebook = [...(content.model?.cells ?? [])].map((cell) => cell.sharedModel.getSource());
  for (const cell of content.model?.cells ?? []) {
    if (!isCodeCellModel(cell)) continue;
    for (let index = 0; index < cell.outputs.length; index++) {
      const output = cell.outputs.get(index);
      const saved = savedPartOfClosed(output, { cell: cell.sharedModel.getSource(), notebook });
      if (!saved) continue;
      cell.outputs.set(index, { ...output.toJSON(), data: JSON.parse(JSON.stringify(saved)), metadata: {} });
      count++;
    }
  }
  return count;
}
