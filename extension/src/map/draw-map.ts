import type { Draw } from "../output/renderer.ts";
import { archiveAddress, Background } from "./basemap.ts";
import { pageWay } from "./exports/html.ts";
import { WAYS } from "./exports/menu.ts";
import { showMap } from "./map-view.ts";
import { pagePainter } from "./paint/painter.ts";

/** Shows a map in a notebook. */
export const drawMap: Draw = async (host, { files, basemapHosts, signal, ...input }) =>
  showMap(host, {
    ...input,
    signal,
    painter: pagePainter(),
    ways: { ...WAYS, "HTML page": pageWay },
    background: ({ archive }, stage, failed) =>
      new Background(archiveAddress(archive, files(), basemapHosts()), stage, failed, signal).node,
  });
