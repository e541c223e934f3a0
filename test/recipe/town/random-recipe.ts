import { PROVIDER } from "./town.ts";

type Random = () => number;

const CLASS = "uk.org.tombolo.field.";
const TYPES = ["district", "area", "tree", "sensor", "park"];
const STATISTICS = [
  "mean",
  "sum",
  "product",
  "min",
  "max",
  "median",
  "geometricmean",
  "variance",
  "stdev",
  "kurtosis",
  "sumoflogs",
  "sumofsquares",
];

const choose = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
};
const attribute = (label: string) => ({ provider: PROVIDER, label });
const several = <Item>(random: Random, make: () => Item): Item[] =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, make);

function subject(random: Random) {
  const patterns = ["%1%", "_0%", "%a%", "District%", "%"];
  return {
    provider: PROVIDER,
    subjectType: choose(random, TYPES),
    ...(random() < 0.3 && {
      matchRule: { attribute: choose(random, ["label", "name"]), pattern: choose(random, patterns) },
    }),
  };
}

/** A field of 2019 with a single value, nested at most so deep. */
export function randomField(random: Random, depth: number): Record<string, unknown> {
  const inner = () => randomField(random, depth - 1);
  const timed = () => attribute(choose(random, ["count", "size"]));
  const fixed = () => attribute(choose(random, ["kind", "note"]));
  const field = (name: string, parameters: Record<string, unknown> = {}) => ({
    fieldClass: CLASS + name,
    ...parameters,
  });
  const leaves = [
    () => field("value.ConstantField", { value: choose(random, ["1", "2.5", "-3", "0", "word"]) }),
    () => field("value.LatestValueField", { attribute: timed() }),
    () => field("value.TimeseriesMeanValueField", { attribute: timed() }),
    () => field("value.FixedValueField", { attribute: fixed() }),
    () => field("value.SubjectLatitudeField"),
    () => field("value.SubjectLongitudeField"),
    () => field("transformation.AreaField", { targetCRSCode: 4326 }),
    () =>
      field("transformation.FractionOfTotalField", {
        dividendAttributes: [attribute("count")],
        divisorAttribute: attribute("size"),
      }),
  ];
  if (depth === 0) return choose(random, leaves)();
  const nodes = [
    () =>
      field("transformation.ArithmeticField", {
        operation: choose(random, ["add", "sub", "mul", "div"]),
        field1: inner(),
        field2: inner(),
      }),
    () =>
      field("transformation.ListArithmeticField", {
        operation: choose(random, ["add", "sum", "mul"]),
        fields: several(random, inner),
      }),
    () => field("transformation.FieldValueSumField", { fields: several(random, inner) }),
    () => {
      const fields = several(random, inner);
      return field("transformation.LinearCombinationField", {
        scalars: fields.map(() => Math.round(random() * 8) / 4),
        fields,
      });
    },
    () =>
      field("transformation.DescriptiveStatisticsField", {
        statistic: choose(random, STATISTICS),
        fields: several(random, inner),
      }),
    () =>
      field("transformation.PercentilesField", {
        field: inner(),
        subjects: [subject(random)],
        percentileCount: 1 + Math.floor(random() * 6),
        inverse: random() < 0.5,
        missing: "skip",
      }),
    () =>
      field("aggregation.GeographicAggregationField", {
        subject: subject(random),
        function: choose(random, ["sum", "mean", "max", "min"]),
        field: inner(),
      }),
    () => field("aggregation.MapToContainingSubjectField", { subject: subject(random), field: inner() }),
    () =>
      field("aggregation.MapToNearestSubjectField", {
        subject: subject(random),
        field: inner(),
        maxRadius: choose(random, [0, 0.25, 1, 3]),
      }),
    () => field("aggregation.BackOffField", { fields: several(random, inner) }),
    () =>
      field("assertion.AttributeMatcherField", {
        attributes: [
          {
            ...fixed(),
            ...(random() < 0.7 && { values: several(random, () => choose(random, ["oak", "7", "elm"])) }),
          },
        ],
        field: inner(),
      }),
  ];
  return choose(random, nodes)();
}

/** A recipe with some columns over one subject type of the town. */
export function randomRecipe(random: Random): Record<string, unknown> {
  const fields = Array.from({ length: 4 }, (_, index) => ({
    ...randomField(random, 1 + Math.floor(random() * 3)),
    label: `f${index}`,
  }));
  return {
    dataset: { subjects: [subject(random)], datasources: [], fields },
    exporter: "uk.org.tombolo.exporter.GeoJsonExporter",
    timeStamp: false,
  };
}
