// @ts-check
// Maps of 35,672 areas and of a million points, beside lonboard, folium, ipyleaflet and Vega-Lite: the same areas, one
// JupyterLab, one Chromium without a GPU. Peers come from PyPI into an environment of their own.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { root } from "../scripts/lib/paths.js";
import { run } from "../scripts/lib/run.js";
import { areaRings } from "./lib/areas.js";
import { openNotebook, startServer, writeNotebook } from "./lib/notebook-page.js";

const AREAS = 35_672;
/** Pieces of each border: 4 make areas of 25 points, as small-area boundaries for maps have; 10 as many as performance tests use. */
const PIECES = Number(process.env.TOMBOLO_BENCH_PIECES ?? 4);
const PEER_PATIENCE = 120_000;

/** @param {string} what @param {number} value @param {string} unit @param {number} [bar] @param {"most" | "least"} [kind] */
function report(what, value, unit, bar, kind = "most") {
  const met = bar === undefined ? "" : (kind === "most" ? value <= bar : value >= bar) ? "met" : "MISSED";
  const beside = bar === undefined ? "" : `  bar ${kind === "most" ? "≤" : "≥"} ${bar} ${unit}: ${met}`;
  console.log(`  ${what.padEnd(52)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}${beside}`);
}

/** What pages of folium and lonboard load from the network; here they get it from files, so that they are not blamed for ours. */
const FROM_NETWORK = ["leaflet@1.9.4", "parquet-wasm@0.7.1", "@geoarrow/geoarrow-js@0.3.0"];

async function peersPython() {
  const environment = join(root, ".cache", "bench-map");
  const python = join(environment, "bin", "python");
  const requirements = join(root, "bench", "requirements-map.txt");
  const peers = [readFileSync(requirements, "utf8"), ...FROM_NETWORK].join("\n");
  const ready = join(environment, "ready");
  if (!existsSync(ready) || readFileSync(ready, "utf8") !== peers) {
    console.log("Installing the peers, once …");
    await run("python3", ["-m", "venv", environment]);
    await run(python, ["-m", "pip", "install", "--quiet", "-r", requirements], { what: "pip install" });
    await run("npm", [
      ...["install", "--prefix", environment, "--no-save", "--no-audit", "--no-fund"],
      ...FROM_NETWORK,
    ]);
    writeFileSync(ready, peers);
  }
  await run(process.execPath, [
    join(root, "kernel", "bin", "tombolo.js"),
    "install",
    "--prefix",
    environment,
  ]);
  return { python, environment };
}

/** Areas as GeoJSON, in pieces: as one text they would be longer than a string can be. @param {string} path @param {readonly Float64Array[]} rings */
function writeGeoJson(path, rings) {
  const features = rings.map((ring, index) => {
    const points = Array.from(
      { length: ring.length / 2 },
      (_, point) => `[${ring[2 * point].toFixed(6)},${ring[2 * point + 1].toFixed(6)}]`,
    );
    const value = Math.round((ring[0] + 7) * 1000);
    return `{"type":"Feature","id":"${index}","properties":{"name":"Area ${index}","value":${value}},"geometry":{"type":"Polygon","coordinates":[[${points.join(",")}]]}}`;
  });
  writeFileSync(path, `{"type":"FeatureCollection","features":[${features.join(",\n")}]}`);
}

/** Peers: what they need first, and the line that shows the map. */
const PEERS = {
  "Vega-Lite 5 of JupyterLab": {
    before: "import json\nfrom IPython.display import display\nareas = json.load(open('areas.geojson'))",
    show: `display({"application/vnd.vegalite.v5+json": {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 640, "height": 460,
  "data": {"values": areas["features"]}, "projection": {"type": "mercator"}, "mark": "geoshape",
  "encoding": {"color": {"field": "properties.value", "type": "quantitative", "bin": True}}}}, raw=True)`,
  },
  "ipyleaflet 0.20": {
    before: "import json, ipyleaflet\nareas = json.load(open('areas.geojson'))",
    show: `layer = ipyleaflet.GeoJSON(data=areas, style={"weight": 0.3, "fillOpacity": 0.7})
m = ipyleaflet.Map(center=(52.5, -2), zoom=6, basemap={}, layers=(layer,))
m`,
  },
  "folium 0.20": {
    before: "import json, folium\nareas = json.load(open('areas.geojson'))",
    show: `m = folium.Map(location=(52.5, -2), zoom_start=6, tiles=None, prefer_canvas=True)
folium.GeoJson(areas, style_function=lambda f: {"weight": 0.3, "fillColor": "#225ea8" if f["properties"]["value"] > 5000 else "#ffffcc", "fillOpacity": 0.7}).add_to(m)
m`,
  },
  "lonboard 0.16": {
    before: "import geopandas, lonboard\nareas = geopandas.read_file('areas.geojson')",
    show: "lonboard.Map(lonboard.SolidPolygonLayer.from_geopandas(areas, get_fill_color=[34, 94, 168]), basemap=None)",
  },
};

/** In the page: whether an output has a picture by now; the moment is kept. */
function hasPicture() {
  const documents = [
    document,
    ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument),
  ];
  const isPainted = (/** @type {HTMLCanvasElement} */ canvas) => {
    if (canvas.width < 300 || canvas.height < 200) return false;
    const copy = new OffscreenCanvas(64, 64);
    const context = copy.getContext("2d");
    context?.drawImage(canvas, 0, 0, 64, 64);
    const { data = [] } = context?.getImageData(0, 0, 64, 64) ?? {};
    let painted = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] > 0 && (data[at] < 250 || data[at + 1] < 250 || data[at + 2] < 250)) painted++;
    return painted > 200;
  };
  const painted = documents.some((each) => {
    const outputs = [...(each?.querySelectorAll(each === document ? ".jp-OutputArea" : "body") ?? [])];
    return outputs.some(
      (output) =>
        output.querySelectorAll("path.leaflet-interactive").length > 30_000 ||
        [...output.querySelectorAll("canvas")].some(isPainted),
    );
  });
  return painted ? performance.timeOrigin + performance.now() : false;
}

/** @param {import("playwright-core").Browser} browser @param {string} address @param {string} folder @param {string} name @param {{ before: string, show: string }} peer */
async function measurePeer(browser, address, folder, name, { before, show }) {
  const file = `${name.split(" ")[0]}.ipynb`;
  writeNotebook(join(folder, file), "python3", [before, show]);
  const notebook = await openNotebook(browser, address, file);
  // Of the context and not of the page: threads load as well.
  await notebook.page.context().route(/cdn|unpkg|jsdelivr|cloudflare|googleapis|bootstrapcdn/, (route) => {
    const modules = join(root, ".cache", "bench-map", "node_modules");
    const leaflet = join(modules, "leaflet", "dist", "leaflet");
    const address = route.request().url();
    const [, name, file] = /\/npm\/(parquet-wasm|@geoarrow\/geoarrow-js)@[^/]+\/(.+)$/.exec(address) ?? [];
    if (name && file) {
      const headers = { "access-control-allow-origin": "*" };
      return route.fulfill({ path: join(modules, name, file), headers });
    }
    if (/leaflet(\.min)?\.js/.test(address) && !/awesome/.test(address))
      return route.fulfill({ path: `${leaflet}.js` });
    if (/leaflet(\.min)?\.css/.test(address) && !/awesome/.test(address))
      return route.fulfill({ path: `${leaflet}.css` });
    return route.abort();
  });
  try {
    await notebook.runCell();
    const { startedAt, repliedAt, from } = await notebook.runCell();
    const painted = await notebook.page.waitForFunction(hasPicture, undefined, {
      timeout: PEER_PATIENCE,
      polling: "raf",
    });
    console.log(name);
    const paintedAt = Number(await painted.jsonValue());
    report("running the cell to pixels", paintedAt - startedAt, "ms");
    // Peers send their data before the kernel answers, ours is fetched after it.
    report("kernel's answer to pixels", paintedAt - repliedAt, "ms");
    report("on the wire", notebook.bytesSince(from) / 1e6, "MB");
    await notebook.save();
    report("notebook on disk", statSync(join(folder, file)).size / 1e3, "kB");
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    console.log(`${name}\n  did not show within ${PEER_PATIENCE / 1000} s: ${reason}`);
  } finally {
    await notebook.page.close();
  }
}

/** @param {import("playwright-core").Browser} browser @param {string} address @param {string} folder */
async function measureOurs(browser, address, folder) {
  const areas = JSON.stringify(join(root, "bench", "lib", "areas.js"));
  writeNotebook(join(folder, "ours.ipynb"), "tombolo", [
    `const { areaRings, areasTable } = await import(${areas});\nconst arrow = await import("apache-arrow");\nconst rings = areaRings(${AREAS}, ${PIECES});\nconst areas = areasTable(arrow, rings);\nvoid 0;`,
    `map(areas, { column: "first", title: "Areas" })`,
    `map(areas, { column: "second", title: "Again" })`,
    `const times: number[] = [];
for (let round = 0; round < 5; round++) {
  const view = map(areas, { column: "first" });
  const started = performance.now();
  await view[Symbol.for("Jupyter.display")]();
  times.push(performance.now() - started);
}
console.log("picture", times.sort((a, b) => a - b)[2]);`,
    `const xs = Float64Array.from({ length: 1_000_000 }, (_, i) => -3 + 4 * ((i * 0.754877666) % 1) ** 2);
const ys = Float64Array.from({ length: 1_000_000 }, (_, i) => 51 + 3 * ((i * 0.569840291) % 1));
map(new arrow.Table({ longitude: arrow.makeVector(xs), latitude: arrow.makeVector(ys) }), { title: "Points" })`,
  ]);
  const { page, runCell, bytesSince, frames, save } = await openNotebook(browser, address, "ours.ipynb");
  const painted = (/** @type {string} */ title) =>
    page.waitForFunction(
      (wanted) => {
        const figure = [...document.querySelectorAll("figure.tombolo-map")].find(
          (each) => each.querySelector("figcaption")?.textContent === wanted,
        );
        return figure?.querySelector("canvas[data-pictures]")
          ? performance.timeOrigin + performance.now()
          : false;
      },
      title,
      { polling: "raf", timeout: 60_000 },
    );
  console.log("Tombolo");
  await runCell();
  const first = await runCell();
  const firstPainted = Number(await (await painted("Areas")).jsonValue());
  report("running the cell to pixels, first map of the page", firstPainted - first.startedAt, "ms");
  report("kernel's answer to pixels, first map of the page", firstPainted - first.repliedAt, "ms");
  report("on the wire", bytesSince(first.from) / 1e6, "MB", 2.5);
  const figure = page.locator("figure.tombolo-map").first();
  await figure.scrollIntoViewIfNeeded();
  const before = frames.length;
  const recoloured = await figure.evaluate(async (node) => {
    const select = node.querySelector("select");
    const canvas = node.querySelector("canvas");
    if (!select || !canvas) return Number.NaN;
    const pictures = canvas.dataset.pictures;
    const started = performance.now();
    select.value = "second";
    select.dispatchEvent(new Event("change"));
    while (canvas.dataset.pictures === pictures)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - started;
  });
  report("another column, to pixels", recoloured, "ms", 150);
  report("another column, on the wire", bytesSince(before) / 1e3, "kB", 150);
  const again = await runCell();
  report(
    "kernel's answer to pixels, warm",
    Number(await (await painted("Again")).jsonValue()) - again.repliedAt,
    "ms",
    500,
  );
  await figure.scrollIntoViewIfNeeded();
  const moves = await figure.evaluate(moveAndPoint);
  report("moving: frames a second", moves.framesPerSecond, "", 30, "least");
  report("at rest after moving, to pixels", moves.rest, "ms", 200);
  report("pointing, median of 200 moves", moves.hover, "ms", 5);
  await runCell();
  const printed = await page.locator(".jp-OutputArea-output", { hasText: /^picture / }).textContent();
  report("the kernel's picture", Number(printed?.split(" ")[1]), "ms", 300);
  await runCell();
  await painted("Points");
  const points = page.locator("figure.tombolo-map").last();
  await points.scrollIntoViewIfNeeded();
  report("a million points, a frame", await points.evaluate(frameTime), "ms", 150);
  await save();
  await page.close();
  writeNotebook(join(folder, "disk.ipynb"), "tombolo", [
    `const { areaRings, areasTable } = await import(${areas});\nconst areas = areasTable(await import("apache-arrow"), areaRings(${AREAS}, ${PIECES}));\nvoid 0;`,
    `map(areas, { column: "first" })`,
  ]);
  const disk = await openNotebook(browser, address, "disk.ipynb");
  await disk.runCell();
  await disk.runCell();
  await disk.page.waitForFunction(() => document.querySelector("canvas[data-pictures]"));
  await disk.save();
  report("notebook on disk, with the picture", statSync(join(folder, "disk.ipynb")).size / 1e3, "kB", 300);
  await disk.page.close();
}

/** In the page: drags the map for a second, waits for it to rest, then points at 200 places. @param {HTMLElement | SVGElement} node */
async function moveAndPoint(node) {
  const canvas = node.querySelector("canvas");
  if (!canvas) throw new Error("there is no canvas");
  canvas.setPointerCapture = () => undefined;
  const box = canvas.getBoundingClientRect();
  const send = (/** @type {string} */ type, /** @type {number} */ x, /** @type {number} */ y) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        clientX: box.left + x,
        clientY: box.top + y,
        button: 0,
        bubbles: true,
        pointerId: 1,
      }),
    );
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  send("pointerdown", 300, 200);
  const started = performance.now();
  let frames = 0;
  while (performance.now() - started < 1500) {
    frames++;
    send("pointermove", 300 + 80 * Math.sin(frames / 20), 200 + 40 * Math.cos(frames / 20));
    await frame();
  }
  const framesPerSecond = (1000 * frames) / (performance.now() - started);
  while (canvas.dataset.busy === "true") await frame();
  const resting = performance.now();
  send("pointermove", 320, 210);
  send("pointerup", 320, 210);
  await frame();
  while (canvas.dataset.busy === "true") await frame();
  const rest = performance.now() - resting;
  send("pointermove", 300, 200);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const times = [];
  for (let step = 0; step < 200; step++) {
    const before = performance.now();
    send("pointermove", 220 + step, 150 + (step % 50));
    await Promise.resolve();
    times.push(performance.now() - before);
    await frame();
  }
  return { framesPerSecond, rest, hover: times.sort((one, other) => one - other)[100] };
}

/** In the page: moves a map by keys, one picture after the other; the median. @param {HTMLElement | SVGElement} node */
async function frameTime(node) {
  const canvas = node.querySelector("canvas");
  const stage = node.querySelector(".tombolo-stage");
  if (!canvas || !stage) throw new Error("there is no canvas");
  const times = [];
  for (let step = 0; step < 15; step++) {
    const pictures = canvas.dataset.pictures;
    const started = performance.now();
    stage.dispatchEvent(
      new KeyboardEvent("keydown", { key: step % 2 ? "ArrowLeft" : "ArrowRight", bubbles: true }),
    );
    while (canvas.dataset.pictures === pictures)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other)[7];
}

const { python, environment } = await peersPython();
const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-map-"));
mkdirSync(join(folder, ".jupyter"), { recursive: true });
const rings = areaRings(AREAS, PIECES);
console.log(
  `${AREAS} areas with ${Math.round(rings.reduce((sum, ring) => sum + ring.length / 2, 0) / AREAS)} points each; peers from PyPI in ${environment}.`,
);
writeGeoJson(join(folder, "areas.geojson"), rings);
const server = await startServer(python, folder);
const browser = await chromium.launch({
  executablePath: process.env.TOMBOLO_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  await measureOurs(browser, server.address, folder);
  for (const [name, peer] of Object.entries(PEERS))
    await measurePeer(browser, server.address, folder, name, peer);
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
