import { parseChartSpec, refusingLoader } from "@tombolo/bundle";
import type { TopLevelSpec } from "vega-lite";
import { element } from "../output/element.ts";
import type { Draw } from "../output/renderer.ts";
import { isDark, onThemeChange } from "../output/theme.ts";

/** Shows a Vega-Lite chart with our own Vega: expressions are interpreted, not compiled, and no address is loaded. */
export const drawChart: Draw = async (host, { specification, description, signal }) => {
  const { vegaLite, title } = parseChartSpec(specification);
  if (!isTopLevelSpec(vegaLite)) throw new TypeError("it is not a Vega-Lite specification");
  const [{ compile }, vega, { expressionInterpreter }] = await Promise.all([
    import("vega-lite"),
    import("vega"),
    import("vega-interpreter"),
  ]);
  const container = element("div", { className: "tombolo-chart" });
  const draw = async () => {
    const { spec } = compile(vegaLite, { config: chartConfig() });
    const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
      expr: expressionInterpreter,
      loader: refusingLoader(),
      logLevel: vega.Error,
      renderer: "svg",
      container,
      hover: true,
    });
    view.description(`${title}. ${description}`);
    signal.addEventListener("abort", () => view.finalize());
    await view.runAsync();
  };
  await draw();
  onThemeChange(() => void draw(), signal);
  host.append(container);
};

function isTopLevelSpec(value: object): value is TopLevelSpec {
  return ["mark", "layer", "facet", "concat", "hconcat", "vconcat", "repeat"].some((name) => name in value);
}

/** Colours of axes and text that can be read on JupyterLab's ground; marks keep their own. */
function chartConfig() {
  const [text, line] = isDark() ? ["#e6e6e6", "#5b6270"] : ["#1f2430", "#c9cdd6"];
  const axis = { labelColor: text, titleColor: text, gridColor: line, domainColor: line, tickColor: line };
  return {
    background: "transparent",
    font: "system-ui, sans-serif",
    axis,
    legend: { labelColor: text, titleColor: text },
    title: { color: text },
    view: { stroke: "transparent" },
    ...(isDark() && { mark: { color: "#6baed6" } }),
  };
}
