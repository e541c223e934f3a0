import { countOf } from "../../count-of.ts";
import { UserError } from "../../errors.ts";
import { defineImporter, type ImportContext, type ImporterAttribute } from "../importer.ts";

const WAY_OUT =
  "Its service costs money now: name files of tweets with --local FILE, JSON of a search or a stream, gzipped or not.";

const attributes = [
  ["user", "user screen name"],
  ["description", "user description"],
  ["location", "user location"],
  ["account_creation", "time at which the account was made"],
  ["utc_offset", "offset of the user's time zone from UTC in seconds"],
  ["followers", "number of followers"],
  ["following", "number of accounts that the user follows"],
  ["text", "text of the tweet"],
  ["id", "id of the tweet"],
  ["coordinates", "place of the tweet"],
  ["timestamp", "time of the tweet"],
  ["retweet", "whether it repeats another tweet"],
  ["source", "program with which it was written"],
] as const;

/** Twitter's times, as the program of 2019 printed them: `Mon Sep 24 03:35:21 UTC 2012`. */
const time = (path: string) => `regexp_replace(tweet->>'${path}', ' [+]0000 ', ' UTC ')`;

const LATITUDE =
  "TRY_CAST(coalesce(tweet->>'$.geo.coordinates[0]', tweet->>'$.coordinates.coordinates[1]') AS DOUBLE)";
const LONGITUDE =
  "TRY_CAST(coalesce(tweet->>'$.geo.coordinates[1]', tweet->>'$.coordinates.coordinates[0]') AS DOUBLE)";

const values: Readonly<Record<(typeof attributes)[number][0], string>> = {
  user: "tweet->>'$.user.screen_name'",
  description: "tweet->>'$.user.description'",
  location: "tweet->>'$.user.location'",
  account_creation: time("$.user.created_at"),
  utc_offset: "tweet->>'$.user.utc_offset'",
  followers: "tweet->>'$.user.followers_count'",
  following: "tweet->>'$.user.friends_count'",
  text: "coalesce(tweet->>'$.text', tweet->>'$.full_text')",
  id: "coalesce(tweet->>'$.id_str', tweet->>'$.id')",
  coordinates: `CASE WHEN ${LATITUDE} IS NULL THEN 'null' ELSE 'GeoLocation{latitude=' || ${LATITUDE} || ', longitude=' || ${LONGITUDE} || '}' END`,
  timestamp: time("$.created_at"),
  retweet: "CASE WHEN json_exists(tweet, '$.retweeted_status') THEN 'true' ELSE 'false' END",
  source: "tweet->>'$.source'",
};

/**
 * Tweets from files of one's own, as Twitter's search or streaming service gave them. One row is one tweet. They are personal
 * data, and most have no place.
 */
export const tweets = defineImporter({
  id: "twitter/tweets",
  className: "uk.org.tombolo.importer.twitter.TwitterImporter",
  version: 1,
  title: "Tweets",
  doc: `Tweets from files of one's own, as points where they have a place. They are personal data, so the label is sensitive. ${WAY_OUT}`,
  provider: { label: "com.twitter", name: "Twitter" },
  licence: "Twitter's terms for developers",
  attribution: "Source: Twitter.",
  access: "sensitive",
  unitOfRecord: "person",
  datasources: [
    {
      id: "twitter",
      name: "twitter",
      description: "Tweets from Twitter",
      url: "https://developer.x.com/",
      subjectTypes: [{ label: "Tweet", name: "Tweet from Twitter" }],
      attributes: attributes.map(
        ([label, description]): ImporterAttribute => ({
          label,
          description,
          kind: "category",
          values: "fixed",
        }),
      ),
      files: ({ localData }: ImportContext) => {
        if (localData.length === 0) throw new UserError("Tweets cannot be fetched", { hint: WAY_OUT });
        return localData.map((path) => ({ address: path, path, format: "lines" }));
      },
      rows: async (tables) => {
        // A search gives one document with all tweets, a stream gives one tweet in each line.
        await tables.create(
          "document",
          `SELECT file, content, CASE WHEN json_valid(content) THEN json_exists(content, '$.statuses') ELSE false END AS is_search
            FROM (SELECT file, string_agg(text, chr(10) ORDER BY row) AS content FROM source GROUP BY file)`,
        );
        await tables.create(
          "tweet",
          `SELECT row_number() OVER (ORDER BY file, row) AS number, tweet FROM (
            SELECT file, generate_subscripts(json_extract(content, '$.statuses[*]'), 1) AS row, unnest(json_extract(content, '$.statuses[*]')) AS tweet
              FROM document WHERE is_search
            UNION ALL SELECT file, row, TRY_CAST(text AS JSON) FROM source SEMI JOIN (FROM document WHERE NOT is_search) USING (file) WHERE json_valid(text))
            WHERE tweet->>'$.user.screen_name' IS NOT NULL`,
        );
        const [found] = await tables.query(
          "SELECT count(*) AS lines FROM source SEMI JOIN (FROM document WHERE NOT is_search) USING (file) WHERE trim(text) <> '' AND NOT json_valid(text)",
        );
        const lost = Number(found?.["lines"]);
        if (lost > 0)
          tables.warn(
            `${countOf(lost, "line that is no tweet was", "lines that are no tweets were")} left out.`,
          );
        const fixed = attributes.map(
          ([label]) =>
            `SELECT ${values.id} AS label, '${label}' AS attribute, ${values[label]} AS value, number AS position FROM tweet`,
        );
        return {
          subjects: `SELECT ${values.id} AS label, replace(${values.user}, ' ', '_') || '_' || ${values.id} AS name,
              coalesce(ST_Point(${LONGITUDE}, ${LATITUDE}), ST_GeomFromText('POINT EMPTY')) AS shape FROM tweet ORDER BY number`,
          fixed: fixed.join(" UNION ALL "),
        };
      },
      repeatedSubjects: true,
    },
  ],
});
