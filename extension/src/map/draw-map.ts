import type { Draw } from "../output/renderer.ts";
import { drawGrid, openTable } from "../table/table-view.ts";
import { archiveAddress, Background } from "./basemap.ts";
import { pageWay } from "./exports/html.ts";
import { WAYS } from "./exports/menu.ts";
import { rowWays } from "./exports/rows.ts";
import { showMap } from "./map-view.ts";
import { pagePainter } from "./paint/painter.ts";

/** Shows a map in a notebook. */
export const drawMap: Draw = async (host, input) => {
  const { files, basemapHosts, connect, signal } = input;
  return showMap(host, {
    ...input,
    painter: pagePainter(),
    ways: { ...WAYS, ...rowWays(connect), "HTML page": pageWay },
    rowTable: async (place, plan) => drawGrid(place, await openTable(plan, input), input),
    background: ({ archive }, stage, failed) =>
      new Background(archiveAddress(archive, files(), basemapHosts()), stage, failed, signal),
  });
};
