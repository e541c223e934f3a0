import { tableFromRecords } from "../engine/records.ts";
import { UserError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import { type Mention, type Mentions, mentionsIn, normal } from "./mentions.ts";

/** What fewer rows than this have in common tells of somebody; what more have is a word like any other. */
const FEW = 10;
/** Degrees are compared when they say where a house stands. */
const LEAST_DECIMALS = 3;

/**
 * Refuses to let out what is a value of data that is not public: labels, names and values, whole or as words in a text, numbers,
 * coordinates, times, and patterns that choose a few. Throws a UserError with the places, not with the values; those in
 * `accepted` are passed over.
 */
export async function refuseClosedValues(
  store: Store,
  documents: readonly (readonly [string, unknown])[],
  accepted: readonly string[] = [],
): Promise<void> {
  const closed = store.datasets().filter(({ manifest }) => manifest.access !== "public");
  if (closed.length === 0) return;
  const mentions = mentionsIn(documents);
  const names = closed.map(({ name }) => name);
  const found = new Set([
    ...(await textsHeld(store, names, mentions)),
    ...(await numbersHeld(store, names, mentions)),
    ...(await coordinatesHeld(store, names, mentions)),
    ...(await timesHeld(store, names, mentions)),
    ...(await patternsHeld(store, names, mentions)),
  ]);
  const places = [...found].filter((place) => !accepted.includes(place));
  if (places.length > 0) throw refusal(places);
}

function refusal(places: readonly string[]): UserError {
  const [first = ""] = places;
  const shown = places.slice(0, 5).join(", ");
  const what =
    places.length === 1
      ? `${first} is a value of data that is not public, or tells one`
      : `${shown}${places.length > 5 ? ` and ${places.length - 5} more` : ""} are values of data that is not public, or tell some`;
  // Not as `where`: a place in the pack is no word of the cell, which errors mark, or leave out as computed.
  return new UserError(`${what}, which a pack must not hold`, {
    hint: 'Write it otherwise; where it is only the same by chance, add --accept "the place" --reason "why".',
  });
}

/** Rows of one query as places: the columns that it gives are those of the mentions. */
async function placesOf(
  { engine }: Store,
  rows: readonly Readonly<Record<string, unknown>>[],
  sql: string,
  datasets: readonly string[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  await engine.register("pack_mentions", tableFromRecords(rows));
  try {
    const list = datasets.map(() => "?").join(", ");
    const times = sql.split("{closed}").length - 1;
    const parameters = Array.from({ length: times }, () => datasets).flat();
    const found = await engine.query(sql.replaceAll("{closed}", `dataset IN (${list})`), { parameters });
    return found.toArray().map((row) => String(row.place));
  } finally {
    await engine.run("DROP TABLE IF EXISTS temp.pack_mentions");
  }
}

const NORMAL = "trim(regexp_replace(lower(value), '[^\\p{L}\\p{N}]+', ' ', 'g'))";

function textsHeld(store: Store, datasets: readonly string[], { texts }: Mentions): Promise<string[]> {
  const schema = new Set(
    store
      .datasets()
      .flatMap(({ manifest }) => [...manifest.subjectTypes, ...manifest.attributes])
      .flatMap(({ provider, label }) => [normal(provider), normal(label)]),
  );
  const rows = distinct(texts.filter(({ text }) => !schema.has(text)));
  return placesOf(
    store,
    rows,
    `WITH held AS (
       SELECT label AS value, dataset || label AS subject FROM subjects WHERE {closed}
       UNION ALL SELECT name, dataset || label FROM subjects WHERE {closed} AND name IS NOT NULL
       UNION ALL SELECT value, dataset || subject_label FROM fixed_values WHERE {closed}
     ), counted AS (SELECT ${NORMAL} AS text, count(DISTINCT subject) AS subjects FROM held GROUP BY 1)
     SELECT DISTINCT place FROM pack_mentions JOIN counted USING (text) WHERE is_whole OR subjects < ${FEW}`,
    datasets,
  );
}

/** Each text once, as a whole where it is one somewhere. */
function distinct(texts: readonly Mention[]) {
  const known = new Map<string, Mention>();
  for (const mention of texts) {
    const before = known.get(mention.text);
    if (!before || (mention.isWhole && !before.isWhole)) known.set(mention.text, mention);
  }
  return [...known.values()].map(({ text, place, isWhole }) => ({ text, place, is_whole: isWhole }));
}

/** The same number in many rows is that of nobody. */
function numbersHeld(store: Store, datasets: readonly string[], { numbers }: Mentions): Promise<string[]> {
  return placesOf(
    store,
    numbers.map(({ number, place }) => ({ number, place })),
    `WITH held AS (
       SELECT TRY_CAST(value AS DOUBLE) AS number FROM fixed_values WHERE {closed}
       UNION ALL SELECT value FROM timed_values WHERE {closed}
     ), counted AS (SELECT number, count(*) AS rows FROM held WHERE number IS NOT NULL GROUP BY number)
     SELECT DISTINCT place FROM pack_mentions JOIN counted USING (number) WHERE rows < ${FEW}`,
    datasets,
  );
}

function coordinatesHeld(
  store: Store,
  datasets: readonly string[],
  { numbers }: Mentions,
): Promise<string[]> {
  const fine = numbers.filter(({ decimals }) => decimals >= LEAST_DECIMALS);
  return placesOf(
    store,
    fine.map(({ number, place, decimals }) => ({ number, place, within: 10 ** -decimals / 2 })),
    `WITH points AS (
       SELECT unnest(ST_Dump(ST_Points(shape::GEOMETRY))).geom AS point FROM subjects
       WHERE {closed} AND shape IS NOT NULL
     ), held AS (
       SELECT DISTINCT unnest([ST_X(point), ST_Y(point)]) AS degrees FROM points
     )
     SELECT DISTINCT place FROM pack_mentions JOIN held ON degrees BETWEEN number - within AND number + within`,
    datasets,
  );
}

function timesHeld(store: Store, datasets: readonly string[], { times }: Mentions): Promise<string[]> {
  return placesOf(
    store,
    times.map(({ place, time }) => ({ place, time })),
    `WITH counted AS (
       SELECT timestamp, count(DISTINCT subject_label) AS subjects FROM timed_values WHERE {closed} GROUP BY timestamp
     )
     SELECT DISTINCT place FROM pack_mentions JOIN counted ON timestamp = TRY_CAST(time AS TIMESTAMP)
     WHERE subjects < ${FEW}`,
    datasets,
  );
}

/** A pattern that chooses some subjects out of many names them. */
function patternsHeld(store: Store, datasets: readonly string[], { patterns }: Mentions): Promise<string[]> {
  return placesOf(
    store,
    patterns.map(({ place, pattern }) => ({ place, pattern })),
    `WITH held AS (SELECT subject_type, label, name FROM subjects WHERE {closed}),
       counted AS (
         SELECT place, subject_type, count(*) AS rows,
           count(*) FILTER (WHERE label ILIKE pattern OR name ILIKE pattern) AS chosen
         FROM held, pack_mentions GROUP BY ALL
       )
     SELECT DISTINCT place FROM counted WHERE chosen BETWEEN 1 AND ${FEW - 1} AND chosen < rows / 2`,
    datasets,
  );
}
