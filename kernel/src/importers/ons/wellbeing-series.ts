import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { findKnownArea, nearestAreaNames } from "../areas/find-area.ts";
import { numberIn } from "../formats/csv.ts";
import { defineImporter } from "../importer.ts";
import { valueTable } from "../tables.ts";

const address =
  "https://download.ons.gov.uk/downloads/datasets/wellbeing-local-authority/editions/time-series/versions/4.csv";

const MEASURES = [
  ["life-satisfaction", "lifeSatisfaction", "Satisfaction with life, mean of answers from 0 to 10"],
  ["worthwhile", "worthwhile", "Feeling that what one does is worthwhile, mean of answers from 0 to 10"],
  ["happiness", "happiness", "Happiness yesterday, mean of answers from 0 to 10"],
  ["anxiety", "anxiety", "Anxiety yesterday, mean of answers from 0 to 10; high is bad"],
] as const;

/** Columns of the file, of which the first, with the figures, is called `v4_3`: the number says how many columns of limits follow it. */
const COLUMNS = ["yyyy-yy", "administrative-geography", "wellbeing-estimate", "measure-of-wellbeing"];

/**
 * Personal well-being by local authority from the Office for National Statistics' time series. One row is one kind of estimate of one measure
 * of one area and year, which goes from April to March; of the estimates the mean is taken.
 */
export const wellbeingSeries = defineImporter({
  id: "ons/wellbeing-series",
  version: 2,
  title: "Personal well-being, time series",
  doc: "How people in local authorities rate their lives, year by year: satisfaction, worth, happiness and anxiety. Without a geography it is all of the United Kingdom; --geography takes local authorities by name or code.",
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
      files: ({ geographyScope }) => {
        geographyScope.forEach(codeOf);
        return [{ address, format: "csv" }];
      },
      rows: async (tables, { geographyScope }) => {
        const headings = await tables.headings(COLUMNS);
        const [year, area, estimate, measure] = COLUMNS.map((heading) => `c${headings.indexOf(heading)}`);
        const codes = geographyScope.map((words) => quoteLiteral(codeOf(words)));
        return {
          timed: `SELECT ${area} AS label, attribute, replace(${year}, '-', '/') AS time, ${numberIn("c0")} AS value, row AS position
            FROM source JOIN ${valueTable(
              "wanted",
              ["measure", "attribute"],
              MEASURES.map(([id, label]) => [id, label]),
            )} ON measure = ${measure}
            WHERE ${estimate} = 'average-mean' ${codes.length > 0 ? `AND ${area} IN (${codes.join(", ")})` : ""}`,
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
