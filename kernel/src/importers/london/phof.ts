import { countOf } from "../../count-of.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { attributeRows, defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { type Tables, valueTable } from "../tables.ts";
import { parseTimestamp } from "../timestamp.ts";
import { LONDON_DATASTORE } from "./london.ts";
import { phofIndicators, phofMeasure } from "./phof-indicators.ts";

/**
 * Indicators of the Public Health Outcomes Framework by county and unitary authority, published by the London Datastore. One row
 * is one indicator of one area in one period, and of one sex and age. Where an indicator has several sexes or ages they are part
 * of the attribute's label, else their figures would take each other's place.
 */
export const phof = defineImporter({
  id: "london/phof",
  className: "uk.org.tombolo.importer.londondatastore.LondonPHOFImporter",
  version: 1,
  title: "Public health outcomes",
  doc: "Indicators of the Public Health Outcomes Framework for local authorities. Where an indicator has several sexes or ages, these are part of the attribute's label, as in `… (Female)`.",
  provider: LONDON_DATASTORE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Public Health England, by way of the London Datastore.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "phofIndicatorsLondonBorough",
      name: "PHOF Indicators London Borough",
      description: "Public Health Outcomes Framework Indicators for London Boroughs",
      url: "http://data.london.gov.uk/dataset/public-health-outcomes-framework-indicators",
      subjectTypes: [],
      attributes: phofIndicators.map(
        (indicator): ImporterAttribute => ({
          label: indicator,
          description: indicator,
          values: "timed",
          ...phofMeasure(indicator),
        }),
      ),
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      files: [
        {
          address:
            "https://files.datapress.com/london/dataset/public-health-outcomes-framework-indicators/2015-11-10T12:05:53/phof-indicators-data-london-borough.xlsx",
          format: "spreadsheet",
          suffix: ".xlsx",
          sheets: [3],
        },
      ],
      rows: async (tables) => {
        const sex = await columnOf(tables, "Sex");
        const age = await columnOf(tables, "Age");
        const cell = (col: number | undefined) =>
          col === undefined ? "NULL" : `max(trim(text)) FILTER (WHERE col = ${col})`;
        await tables.create(
          "figure",
          `SELECT row, max(text) FILTER (WHERE col = 0) AS indicator, ${cell(1)} AS period, ${cell(4)} AS code, ${cell(sex)} AS sex, ${cell(age)} AS age,
            max(number) FILTER (WHERE col = 6) AS value FROM source_cells WHERE row > 0 GROUP BY row`,
        );
        await tables.create(
          "labelled",
          `SELECT row, code, period, value, indicator, indicator || coalesce(' (' || nullif(concat_ws(', ',
              CASE WHEN count(DISTINCT sex) OVER whole > 1 THEN sex END, CASE WHEN count(DISTINCT age) OVER whole > 1 THEN age END), '') || ')', '') AS attribute
            FROM figure WHERE indicator IS NOT NULL WINDOW whole AS (PARTITION BY indicator)`,
        );
        const found = await tables.query(
          "SELECT attribute, min(row) AS first FROM labelled GROUP BY attribute ORDER BY first",
        );
        const periods = await tables.query(
          "SELECT DISTINCT period FROM labelled WHERE period IS NOT NULL ORDER BY period",
        );
        const labels = found.map((row) => String(row["attribute"]));
        return {
          attributes: attributeRows(
            labels.map((label) => ({ label, description: label, ...phofMeasure(label) })),
          ),
          timed: `SELECT code AS label, attribute, time, value, row AS position
            FROM labelled JOIN ${valueTable(
              "times",
              ["period_text", "time"],
              timesOf(
                tables,
                periods.map((row) => String(row["period"])),
              ),
            )} ON period_text = period`,
        };
      },
    },
  ],
});

async function columnOf(tables: Tables, heading: string): Promise<number | undefined> {
  const [found] = await tables.query(
    `SELECT min(col) AS col FROM source_cells WHERE row = 0 AND lower(trim(text)) = ${quoteLiteral(heading.toLowerCase())}`,
  );
  return typeof found?.["col"] === "number" ? found["col"] : undefined;
}

/** Each period with the text of its last part, which the usual reader understands. */
function timesOf(tables: Tables, periods: readonly string[]): [string, string][] {
  const times: [string, string][] = [];
  const unread: string[] = [];
  for (const period of periods) {
    const time = endOf(period);
    if (time === undefined) unread.push(period);
    else times.push([period, time]);
  }
  if (unread.length > 0)
    tables.warn(
      `Figures of ${countOf(unread.length, "period")} were left out, such as "${unread[0]}": the period cannot be read.`,
    );
  return times.length > 0 ? times : [["", ""]];
}

/** Last second of a period, such as `2009/10 - 11/12`, `Mar 2011 - Feb 2012` or `2012/13 Q1`; the usual forms are read as everywhere. */
function endOf(period: string): string | undefined {
  const [start = "", ...others] = period.replaceAll("\u2013", "-").split(/ ?- ?| to /);
  const last = others.at(-1) ?? start;
  const text = /^\d\d(\/\d\d)?$/.test(last) ? inCenturyOf(start, last) : last;
  try {
    return parseTimestamp(lastMonthOf(text) ?? text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The end of a period may leave out its century, which is that of the start or the next: `11/12` after `2009/10` is `2011/12`. */
function inCenturyOf(start: string, end: string): string {
  const first = Number(/\d{4}/.exec(start)?.[0]);
  const last = first + ((100 + Number(end.slice(0, 2)) - (first % 100)) % 100);
  return last - first < 50 ? `${last}${end.slice(2)}` : end;
}

const QUARTER_ENDS = ["Mar", "Jun", "Sep", "Dec"];

/** `Mar-14` for `Mar 2014`, `2014 Q1` and `2013/14 Q4`, whose first quarter begins in April. */
function lastMonthOf(text: string): string | undefined {
  const month = /^([A-Z][a-z]{2})[a-z]* \d\d(\d\d)$/.exec(text);
  if (month) return `${month[1]}-${month[2]}`;
  const [, year, second, quarter] = /^\d\d(\d\d)(?:\/(\d\d))? Q([1-4])$/.exec(text) ?? [];
  if (quarter === undefined) return undefined;
  if (second === undefined) return `${QUARTER_ENDS[Number(quarter) - 1]}-${year}`;
  return quarter === "4" ? `Mar-${second}` : `${QUARTER_ENDS[Number(quarter)]}-${year}`;
}
