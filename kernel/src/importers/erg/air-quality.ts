import { defineImporter } from "../importer.ts";
import { laqn } from "../lac/laqn.ts";

const API = "https://api.erg.ic.ac.uk/AirQuality/Annual/MonitoringObjective";

/**
 * Air quality in London at its new host: the Environmental Research Group moved from King's College to Imperial College, with its interface.
 * The layout is that of the old importer, which stays as it is for old recipes.
 */
export const airQuality = defineImporter({
  ...today(),
  id: "erg/air-quality",
  version: 2,
  title: "London air quality today",
  provider: { label: "erg.ic.ac.uk", name: "Environmental Research Group, Imperial College London" },
  attribution: "Source: London Air, Imperial College London.",
  covers: ["E12000007"],
});

/** The importer of 2019 without its class name, and with another host. */
function today() {
  const { className: _, ...rest } = laqn;
  return {
    ...rest,
    datasources: rest.datasources.map((datasource) => ({
      ...datasource,
      name: "Air quality at monitoring sites",
      description:
        "Yearly figures of monitoring sites beside the objectives, such as nitrogen dioxide as an annual mean.",
      years: "latest",
      example: { temporalScope: ["2023"] },
      files: ({
        geographyScope,
        temporalScope,
      }: {
        geographyScope: readonly string[];
        temporalScope: readonly string[];
      }) => {
        const [group = "London"] = geographyScope;
        const [year] = temporalScope;
        const part = year === undefined ? "" : `/Year=${encodeURIComponent(year)}`;
        return [
          { address: `${API}/GroupName=${encodeURIComponent(group)}${part}/json`, format: "json" as const },
        ];
      },
    })),
  };
}
