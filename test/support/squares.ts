/** Twelve squares of a tenth of a degree, three rows of four from 52° north and 2° west, with what maps can show of them. */
export const SQUARES = `const squares = {
  type: "FeatureCollection",
  features: Array.from({ length: 12 }, (_, i) => {
    const [x, y] = [-2 + 0.1 * (i % 4), 52 + 0.1 * Math.floor(i / 4)];
    return {
      type: "Feature",
      geometry: { type: "Polygon", coordinates: [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]] },
      properties: {
        label: "S" + i, name: i === 3 ? "<img src=x onerror=document.title='broken'>" : "Square " + i,
        people: i === 11 ? null : 10 + i * i, income: 100 * ((i * 7) % 12), kind: ["town", "moor", "coast"][i % 3],
        gone: i === 10 ? "[c]" : null,
      },
    };
  }),
};`;

/** The middle of a square of {@link SQUARES}. */
export const square = (index: number) => ({
  longitude: -2 + 0.1 * (index % 4) + 0.04,
  latitude: 52 + 0.1 * Math.floor(index / 4) + 0.04,
});

/** A map of the squares with classes, and a value that is suppressed. */
export const PEOPLE_MAP = `const choropleth = map(squares, { column: "people", classes: 3, suppressed: "gone", title: "People" });\nchoropleth`;

/** A map of the squares with a road over them and an inset. */
export const LAYERS_MAP = `map([{ data: squares, column: "people", title: "Areas" }, { data: { type: "Feature", properties: { name: "Road", flow: 5 }, geometry: { type: "LineString", coordinates: [[-2.02, 52.15], [-1.58, 52.15]] } }, size: "flow", colour: "#d7191c", type: "plain", title: "Road" }], { title: "Layers", insets: [{ title: "Южный corner", box: [-2, 52, -1.9, 52.1] }] })`;
