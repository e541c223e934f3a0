import { UserError } from "../../errors.ts";
import { findKnownArea, nearestAreaNames } from "../areas/find-area.ts";
import { defineImporter } from "../importer.ts";

const API =
  "https://api.beta.ons.gov.uk/v1/datasets/wellbeing-local-authority/editions/time-series/versions/4/observations";

const MEASURES = [
  ["life-satisfaction", "lifeSatisfaction", "Satisfaction with life, mean of answers from 0 to 10"],
  ["worthwhile", "worthwhile", "Feeling that what one does is worthwhile, mean of answers from 0 to 10"],
  ["happiness", "happiness", "Happiness yesterday, mean of answers from 0 to 10"],
  ["anxiety", "anxiety", "Anxiety yesterday, mean of answers from 0 to 10; high is bad"],
] as const;

/** What is read of an answer. */
const SHAPE = JSON.stringify({
  dimensions: { geography: { option: { id: "VARCHAR" } }, measureofwellbeing: { option: { id: "VARCHAR" } } },
  observations: [{ dimensions: { Time: { id: "VARCHAR", label: "VARCHAR" } }, observation: "VARCHAR" }],
});

/**
 * Personal well-being by local authority from the Office for National Statistics' time series. One answer is one authority and measure; each
 * observation is one year from April to March.
 */
export const wellbeingSeries = defineImporter({
  id: "ons/wellbeing-series",
  version: 1,
  title: "Personal well-being, time series",
  doc: "How people in a local authority rate their lives, year by year: satisfaction, worth, happiness and anxiety. The geography is one or more local authorities by name or code; every authority is asked for by itself.",
  provider: { label: "uk.gov.ons", name: "Office for National Statistics" },
  licence: "Open Government Licence v3.0",
  attribution: "Source: Office for National Statistics, Annual Population Survey.",
  access: "public",
  unitOfRecord: "area",
  covers: ["E92000001", "W92000004", "S92000003", "N92000002"],
  datasources: [
    {
      id: "wellbeingSeries",
      name: "Personal well-being by local authority",
      description: "Mean ratings of four measures of well-being, year by year.",
      url: "https://www.ons.gov.uk/datasets/wellbeing-local-authority",
      years: "2011–2023",
      example: { geographyScope: ["Leeds"] },
      subjectTypes: [],
      attributes: MEASURES.map(([, label, description]) => ({
        label,
        description,
        unit: "points",
        kind: "mean",
        values: "timed",
      })),
      valuesOf: ["localAuthority2024", "localAuthority"].map((label) => ({ provider: "uk.gov.ons", label })),
      areas: ["boundaries/local-authority2024"],
      files: ({ geographyScope }) =>
        geographyScope.length === 0
          ? refuse()
          : geographyScope.map(codeOf).flatMap((code) =>
              MEASURES.map(([measure]) => ({
                address: `${API}?time=*&geography=${code}&measureofwellbeing=${measure}&estimate=average-mean`,
                format: "json" as const,
              })),
            ),
      rows: () => {
        const labels = MEASURES.map(([measure, label]) => `WHEN '${measure}' THEN '${label}'`).join(" ");
        return {
          timed: `SELECT answer.dimensions.geography.option.id AS label,
              CASE answer.dimensions.measureofwellbeing.option.id ${labels} END AS attribute,
              replace(coalesce(one.dimensions.Time.label, one.dimensions.Time.id), '-', '/') AS time, TRY_CAST(one.observation AS DOUBLE) AS value
            FROM (SELECT answer, unnest(answer.observations) AS one FROM (SELECT from_json(json, '${SHAPE}') AS answer FROM source))
            WHERE TRY_CAST(one.observation AS DOUBLE) IS NOT NULL`,
        };
      },
    },
  ],
});

function codeOf(words: string): string {
  const area = findKnownArea(words);
  if (area?.kind === "localAuthority") return area.code;
  const near = nearestAreaNames(words);
  throw new UserError(`"${words}" is not a local authority`, {
    where: words,
    hint:
      near.length > 0
        ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`
        : "Give its name or code.",
  });
}

function refuse(): never {
  throw new UserError("Well-being in which local authorities?", {
    hint: "Give a geography, such as --geography Leeds.",
  });
}
