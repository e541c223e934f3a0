import { fenced } from "../markdown.ts";

/** What may stand for the subjects of a recipe, and which subjects each names. */
export const subjectWords: readonly (readonly [words: string, which: string])[] = [
  ["borough", "all of the type"],
  ["uk.gov.ons/lsoa", "those of one provider, where several have the type"],
  ['lsoa in "Leeds" or "York"', "those inside named areas: by codes where codes tell, else by shapes"],
  ['sensor in borough "Camden" or borough "Brent"', "inside one of several areas"],
  ['borough named "B%"', "by a pattern of the name; `labelled` is the same for the label or code"],
  [
    'road crossing borough named "Camden"',
    "other relations: `touching`, `overlapping`, `intersecting`, `containing`",
  ],
  [
    'borough where area_km2 > 50 and not name like "B%"',
    "by values, columns and names, with `and`, `or`, `not`, `exists`",
  ],
];

/** The help page of the words for subjects, in Markdown. */
export function documentSubjects(): string {
  const rows = subjectWords.map(([words, which]) => `| \`${words}\` | ${which} |`);
  return [
    "### The subjects of a recipe",
    "A recipe has one row for each subject. Subjects are named by their type, and by words after it.",
    ["| words | which subjects |", "|---|---|", ...rows].join("\n"),
    fenced("yaml", 'subjects: lsoa in "Leeds"\nfields:\n  area_km2: { area: km² }'),
    "`%store` shows which types there are, `%find` what else can be imported.",
  ].join("\n\n");
}
