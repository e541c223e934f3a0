import { LIGHT_THEME } from "@tombolo/bundle";
import type { Map as MapLibre } from "maplibre-gl";
import { element } from "../output/element.ts";
import { currentTheme, onThemeChange } from "../output/theme.ts";
import { EQUATOR, toDegrees } from "./mercator.ts";
import { PlaceNames } from "./place-names.ts";
import type { MapStage } from "./stage.ts";

/** A browser gives a page sixteen WebGL contexts and takes the oldest away for more; notebooks have other things that want some. */
const MOST_LIVE = 4;

/** The backgrounds that are drawn now, the one that was looked at longest ago first. */
const live: Background[] = [];

/**
 * A background of vector or raster tiles below a map, drawn by MapLibre GL, which is loaded here and nowhere else. Without
 * WebGL, without the archive or when the browser takes its context away, the map stands on plain ground as any other.
 */
export class Background {
  readonly below: HTMLElement;
  /** Names of places, above the map. */
  readonly above: HTMLElement;
  readonly #names: PlaceNames;
  readonly #address: string;
  readonly #stage: MapStage;
  readonly #failed: (reason: string) => void;
  #map: MapLibre | undefined;
  #said = "";
  #isOpening = false;
  readonly #signal: AbortSignal;

  constructor(address: string, stage: MapStage, failed: (reason: string) => void, signal: AbortSignal) {
    this.#address = address;
    this.#stage = stage;
    this.#failed = failed;
    this.#signal = signal;
    this.below = element("div", { className: "tombolo-basemap", attributes: { "aria-hidden": "true" } });
    this.#names = new PlaceNames(stage);
    this.above = this.#names.node;
    let first = true;
    stage.onView(() => {
      if (first) void this.wake();
      first = false;
      this.#follow();
    });
    stage.node.addEventListener("pointerenter", () => void this.wake(), { signal });
    onThemeChange(() => void this.#restyle(), signal);
    signal.addEventListener("abort", () => this.#remove());
  }

  /** Draws the background, and lets the one that was looked at longest ago rest when there are too many. */
  async wake(): Promise<void> {
    if (live.includes(this) || this.#isOpening) return;
    this.#isOpening = true;
    try {
      const { openArchive, openBackground, placesInSight } = await import("./basemap-shell.ts");
      const archive = await openArchive(this.#address);
      if (this.#signal.aborted) return;
      // None rests for an archive that is not there.
      while (live.length >= MOST_LIVE) live[0]?.rest();
      live.push(this);
      const map = await openBackground(this.below, archive, currentTheme() === LIGHT_THEME);
      if (!live.includes(this)) {
        map.remove();
        return;
      }
      this.#map = map;
      const tellNames = () => this.#names.show(placesInSight(map));
      map.on("idle", tellNames);
      map.getCanvas().addEventListener("webglcontextlost", () => {
        // MapLibre gives its context back in the same way.
        if (this.#map !== map) return;
        this.#remove();
        this.#say("The browser has taken the background's graphics away.");
      });
      this.#follow();
      this.#say("");
    } catch (error) {
      this.#remove();
      this.#say(`There is no background: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#isOpening = false;
    }
  }

  /** Gives the graphics context back and leaves its last picture. */
  rest(): void {
    const picture = this.#map?.getCanvas().toDataURL("image/jpeg", 0.8);
    this.#remove();
    if (picture) this.below.style.backgroundImage = `url(${picture})`;
  }

  /** Says what went wrong, or nothing once it is mended. */
  #say(reason: string): void {
    if (reason !== this.#said) this.#failed(reason);
    this.#said = reason;
  }

  #follow(): void {
    const { view } = this.#stage;
    if (!view) return;
    if (!this.#map) {
      // A resting picture is of another view.
      this.below.style.backgroundImage = "";
      this.#names.show([]);
      return;
    }
    this.#names.follow();
    const [longitude, latitude] = toDegrees(view.x, view.y);
    this.#map.jumpTo({ center: [longitude, latitude], zoom: Math.log2((view.scale * EQUATOR) / 512) });
  }

  async #restyle(): Promise<void> {
    if (!this.#map) return;
    this.#remove();
    await this.wake();
  }

  #remove(): void {
    const at = live.indexOf(this);
    if (at >= 0) live.splice(at, 1);
    this.#map?.remove();
    this.#map = undefined;
    this.#names.show([]);
    this.below.style.backgroundImage = "";
  }
}

/** Where an archive is, or why it may not be used: below the notebook's folder, or at a host that the reader has allowed. */
export function archiveAddress(archive: string, files: string, hosts: readonly string[]): string {
  if (!/^[a-z][a-z0-9+.-]*:|^\/\//i.test(archive)) {
    const parts = archive.split("/").filter((part) => part !== "" && part !== ".");
    if (parts.includes("..")) throw new Error("its archive must be below the notebook's folder");
    return files + parts.map(encodeURIComponent).join("/");
  }
  const { protocol, host, hostname } = new URL(archive, "https://nowhere.invalid");
  if (protocol !== "https:" && !(protocol === "http:" && THIS_MACHINE.has(hostname)))
    throw new Error("its address must begin with https://");
  if (hosts.includes(host)) return archive;
  throw new Error(`the host ${host} is not allowed; it can be in the settings of Tombolo`);
}

/** Nobody listens between the browser and a server of the same machine. */
const THIS_MACHINE = new Set(["localhost", "127.0.0.1", "[::1]"]);
