import { rowsOf } from "../engine/rows.ts";
import { openStore } from "../store/store.ts";
import { defineCommand } from "./command.ts";
import { storeFolder } from "./places.ts";

/** Fixed values have no time. */
const VALUES = `
  SELECT subject_provider, subject_type, subject_label, provider, attribute, NULL AS timestamp, value, NULL AS number FROM fixed_values
  UNION ALL
  SELECT subject_provider, subject_type, subject_label, provider, attribute,
    strftime(timestamp, '%Y-%m-%dT%H:%M:%S'), NULL, value FROM timed_values`;

/** `tombolo values`: what the store holds, value by value. */
export const valuesCommand = defineCommand({
  name: "values",
  summary: "Prints the values of a store.",
  usage: "tombolo values [--attribute LABEL] [--subject LABEL] [--type LABEL] [--store DIR] [--json]",
  options: {
    store: {
      type: "string",
      doc: "folder of the store; that of TOMBOLO_STORE, else .tombolo, unless told otherwise",
    },
    attribute: { type: "string", doc: "only the values of this attribute" },
    subject: { type: "string", doc: "only the values of the subject with this label" },
    type: { type: "string", doc: "only the values of subjects of this type" },
    json: { type: "boolean", doc: "print a JSON list" },
  },
  async run({ options }) {
    const store = await openStore(options.store ?? storeFolder(), {
      onWarning: (sentence) => console.error(sentence),
    });
    try {
      const wanted = [
        ["attribute", options.attribute],
        ["subject_label", options.subject],
        ["subject_type", options.type],
      ].filter((pair): pair is [string, string] => pair[1] !== undefined);
      const where =
        wanted.length > 0 ? `WHERE ${wanted.map(([column]) => `${column} = ?`).join(" AND ")}` : "";
      const table = await store.engine.query(
        `SELECT * FROM (${VALUES}) ${where} ORDER BY subject_provider, subject_type, subject_label, provider, attribute, timestamp`,
        { parameters: wanted.map(([, value]) => value) },
      );
      const rows = rowsOf(table).map(describe);
      if (options.json) console.log(JSON.stringify(rows));
      else
        for (const row of rows)
          console.log([row.subject, row.attribute, row.timestamp ?? "", row.value].join("\t"));
    } finally {
      store.close();
    }
  },
});

function describe(row: Readonly<Record<string, unknown>>) {
  return {
    subjectProvider: String(row["subject_provider"]),
    subjectType: String(row["subject_type"]),
    subject: String(row["subject_label"]),
    provider: String(row["provider"]),
    attribute: String(row["attribute"]),
    ...(row["timestamp"] !== null && { timestamp: String(row["timestamp"]) }),
    value: row["timestamp"] === null ? String(row["value"]) : Number(row["number"]),
  };
}
