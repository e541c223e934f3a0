import type { ISettingRegistry } from "@jupyterlab/settingregistry";

/** Where JupyterLab keeps the settings; the schema is `schema/settings.json`. */
export const PLUGIN_ID = "@tombolo/jupyterlab:settings";

/** What a person can set. */
export interface Settings {
  /** Whether cells of the kernel show magics in their own colours. */
  readonly highlight: boolean;
  /** Greatest height of a table, in pixels. */
  readonly tableHeight: number;
  /** Whether the side panel is opened with JupyterLab. */
  readonly openPanel: boolean;
  /** Hosts from which backgrounds of maps may come. */
  readonly basemapHosts: readonly string[];
}

/** The settings as they are now; without the registry, as they are meant to be. */
export function readSettings(settings: ISettingRegistry.ISettings | undefined): Settings {
  const { highlight, tableHeight, openPanel, basemapHosts } = { ...settings?.composite };
  return {
    highlight: highlight !== false,
    tableHeight: typeof tableHeight === "number" ? tableHeight : 420,
    openPanel: openPanel === true,
    basemapHosts: Array.isArray(basemapHosts) ? basemapHosts.filter((host) => typeof host === "string") : [],
  };
}
