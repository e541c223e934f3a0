import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { registryUser, startRegistry } from "../support/npm-registry.ts";
import { temporaryFolder } from "../support/store.ts";

const environment = requireEnvironment("a pack goes from one notebook through a registry to another");
const runner = new URL("../support/run_cells.py", import.meta.url).pathname;
const folder = temporaryFolder();
let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(async () => {
  await registry.stop();
  folder.remove();
});

interface Answer {
  readonly status: string;
  readonly shown: readonly { type: string; value?: string; data?: Readonly<Record<string, unknown>> }[];
}

const textOf = ({ shown }: Answer): string =>
  shown.map(({ data, value }) => value ?? String(data?.["text/markdown"] ?? data?.["text/plain"])).join("\n");

/** Somebody with a notebook of his own, a store of his own and what the registry has. */
function person(name: string) {
  const user = registryUser(registry.address, join(folder.path, name));
  const run = async (cells: readonly string[]): Promise<string[]> => {
    const answer = promisify(execFile)(environment.python, [runner, environment.kernel], {
      cwd: user.home,
      env: { ...environment.variables, ...user.env, TOMBOLO_STORE: join(user.home, "store") },
      maxBuffer: 100_000_000,
    });
    answer.child.stdin?.end(JSON.stringify(cells));
    const answers: Answer[] = JSON.parse((await answer).stdout);
    return answers.map(textOf);
  };
  return { ...user, run, write: (file: string, text: string) => writeFileSync(join(user.home, file), text) };
}

/** Districts side by side; made by hand. */
const districts = (count: number) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: Array.from({ length: count }, (_, west) => ({
      type: "Feature",
      properties: { code: `D${west + 1}`, name: `District ${west + 1}` },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [west, 51],
            [west + 1, 51],
            [west + 1, 52],
            [west, 52],
            [west, 51],
          ],
        ],
      },
    })),
  });

/** Two clinics a district, each with people seen, which nobody may see. */
const clinics = (seen: readonly number[], column = "seen") =>
  [
    `id,lon,lat,${column}`,
    ...seen.map(
      (people, index) => `C${index + 1},${Math.floor(index / 2) + 0.3 + (index % 2) / 3},51.5,${people}`,
    ),
  ].join("\n");

const RECIPE = `%%recipe seen_at_clinics
subjects: district
fields:
  seen: { sum-within: clinic, field: { fixed-value: seen } }
  area_km2: { area: km² }`;

const MAKERS = [7310, 2407, 961, 4803, 5519, 3671];
const USERS = [8123, 3, 2, 1, 6127, 4391];

const maker = () => person("maker");
const user = () => person("user");

it("is made where the data is, and published without it", async () => {
  const { run, write, publish, home } = maker();
  write("districts.geojson", districts(3));
  write("clinics.csv", clinics(MAKERS));
  const [, , , made] = await run([
    "%import districts.geojson --as district --label code --name name --access public",
    "%import clinics.csv --as clinic --label id --access sensitive",
    RECIPE,
    '%pack seen-at-clinics --title "People seen at clinics" --preset nhs-hes --keywords health',
  ]);
  expect(made).toContain("9 files, no data");
  expect(await publish(join(home, "packs", "seen-at-clinics"))).toMatchObject({ status: 0 });
}, 90_000);

it("is found and runs on dummy data where nothing of the data is", async () => {
  const [none, unknown, found, taken, , inputs, pins] = await user().run([
    "%packs",
    "%packs search clinics",
    "%packs search clinics --npm",
    "%use seen-at-clinics",
    "[seen_at_clinics.numRows, [...seen_at_clinics].some(({ seen }) => seen > 0)].join()",
    "%bind",
    "%packs",
  ]);
  expect(none).toContain("No pack was used here yet");
  expect(unknown).toMatch(/^No pack has "clinics"\.[\s\S]*npm was not asked: `--npm` asks it/);
  expect(found).toMatch(
    /\| seen-at-clinics \| 1\.0\.0 \| People seen at clinics \| %use seen-at-clinics\\?@1\.0\.0 \|/,
  );
  expect(taken).toContain("`%bind district=./your-file.csv` and `%bind clinic=./your-file.csv`");
  expect(taken).toContain("seen_at_clinics (dummy data)");
  expect(inputs).toContain("| clinic | clinic | sensitive | nothing |");
  expect(pins).toContain("| seen-at-clinics | 1.0.0 | seen-at-clinics | no |");
}, 90_000);

it("takes other data once it fits, and lets only a release of it out", async () => {
  const { run, write, home } = user();
  write("areas.geojson", districts(3));
  write("mine.csv", clinics(USERS, "visitors"));
  const answers = await run([
    "%use seen-at-clinics --no-map",
    "%bind clinic=mine.csv district=areas.geojson",
    "%bind clinic=mine.csv district=areas.geojson --rename clinic:seen=visitors --label clinic:id,district:code",
    "%bind",
    '%release seen_at_clinics --without area_km2 --reason "for the council"',
    "%table seen_at_clinics_released",
    "%bind --off --no-map",
  ]);
  const [, misfit, bound, inputs, released, table, off] = answers;
  expect(misfit).toContain("| clinic | seen | numbers | no such column; there is visitors |");
  expect(misfit).toContain("--rename clinic:seen=visitors");
  expect(bound).toContain("**Real data**");
  expect(inputs).toContain("| clinic | clinic | sensitive | mine.csv, 6 rows, sensitive, on ");
  // The rules are those that the pack names.
  expect(released).toContain("**seen_at_clinics** is released under `nhs-hes`.");
  expect(off).toContain("**Dummy data**");
  // 8,123 + 3, 2 + 1 and 6,127 + 4,391 people: the one below 8 is hidden, the others are rounded to fives.
  const lines = readFileSync(join(home, "releases", "seen_at_clinics", "table.csv"), "utf8").split(/\r?\n/);
  expect(lines.slice(1, 4)).toEqual([
    expect.stringMatching(/,8125$/),
    expect.stringMatching(/,\[c\]$/),
    expect.stringMatching(/,10520$/),
  ]);
  expect(table).toContain("8,125");
  for (const value of [...USERS.filter((people) => people > 9), 8126, 10_518])
    expect(answers.join("\n").replaceAll(",", "")).not.toMatch(new RegExp(`\\b${value}\\b`));
}, 90_000);

it("stays at its version until the next one is taken, after its changes were shown", async () => {
  const { run, publish, home } = maker();
  await run([
    RECIPE.replace("{ area: km² }", "{ area: m² }"),
    '%pack seen-at-clinics --title "People seen at clinics" --preset srs-10 --version 1.1.0',
  ]);
  expect(await publish(join(home, "packs", "seen-at-clinics"))).toMatchObject({ status: 0 });
  const [pins, offered, before, upgraded, after] = await user().run([
    "%packs",
    "%use seen-at-clinics@1.1.0",
    "%use seen-at-clinics@1.0.0 --no-map",
    "%use seen-at-clinics@1.1.0 --upgrade --no-map",
    "%packs",
  ]);
  expect(pins).toMatch(/\| 1\.1\.0: %use seen-at-clinics\\?@1\.1\.0 \|/);
  expect(offered).toContain("| pack | preset of releases | nhs-hes | srs-10 |");
  expect(offered).toMatch(
    /\| recipe seen\\_at\\_clinics \| column area\\_km2 \| \{ area: km² \} \| \{ area: default \} \|/,
  );
  expect(offered).toContain("`%use seen-at-clinics@1.1.0 --upgrade` takes it");
  expect(before).toContain("(seen-at-clinics 1.0.0, MIT)");
  expect(upgraded).toContain("(seen-at-clinics 1.1.0, MIT)");
  expect(after).toContain("| seen-at-clinics | 1.1.0 | seen-at-clinics (1.1.0) | no |");
}, 90_000);

it("has brought nothing of its maker's data to anybody", () => {
  const brought = filesBelow(user().home).filter((file) => !file.includes("mine.csv"));
  expect(brought.length).toBeGreaterThan(10);
  for (const file of brought)
    for (const value of MAKERS) expect({ file, has: hasNumber(file, value) }).toEqual({ file, has: false });
});

const filesBelow = (place: string): string[] =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Digits alone are in any digest and in any compressed file; a value stands by itself in a text. */
const hasNumber = (file: string, value: number): boolean =>
  /\.(json|yaml|md|lock|csv|txt)$/.test(file) &&
  new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`).test(readFileSync(file, "utf8"));
