import { DARK_THEME, LIGHT_THEME, type MapTheme } from "@tombolo/bundle";

/** Whether JupyterLab shows its dark theme. */
export function isDark(): boolean {
  return document.body.dataset.jpThemeLight === "false";
}

/** Colours that fit JupyterLab's theme. */
export function currentTheme(): MapTheme {
  return isDark() ? DARK_THEME : LIGHT_THEME;
}

/** Calls when JupyterLab's theme changes, until the signal is aborted. */
export function onThemeChange(change: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(change);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  signal.addEventListener("abort", () => observer.disconnect());
}
