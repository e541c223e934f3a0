/** A PMTiles archive (version 3) of one vector tile for the whole world: west of Greenwich is water, and there is one named place. */
export function halfWaterArchive(): Buffer {
  const tile = vectorTile();
  const directory = Buffer.from([1, 0, 1, ...varint(tile.length), 1]);
  const metadata = Buffer.from("{}");
  const header = Buffer.alloc(127);
  header.write("PMTiles", 0, "latin1");
  header[7] = 3;
  const starts = [127, 127 + directory.length, 127 + directory.length + metadata.length];
  const numbers = [
    starts[0],
    directory.length,
    starts[1],
    metadata.length,
    starts[2],
    0,
    starts[2],
    tile.length,
    1,
    1,
    1,
  ];
  for (const [index, number] of numbers.entries())
    header.writeBigUInt64LE(BigInt(number ?? 0), 8 + 8 * index);
  // Clustered; nothing is compressed; vector tiles of zoom 0.
  header.set([1, 1, 1, 1, 0, 0], 96);
  for (const [index, degrees] of [-180, -85, 180, 85].entries())
    header.writeInt32LE(degrees * 1e7, 102 + 4 * index);
  return Buffer.concat([header, directory, metadata, tile]);
}

/** The place's name would be markup, and it lies on the meridian of Greenwich at 51.51° north. */
export const PLACE = { name: "<b>Port</b>", longitude: 0, latitude: 51.50874 };

/** A Mapbox Vector Tile with a layer `water` that is its western half, and a layer `places` with a point. */
function vectorTile(): Buffer {
  const zigzag = (value: number) => (value << 1) ^ (value >> 31);
  const commands = [9, 0, 0, 26, 2048, 0, 0, 4096, -2048, 0, 15].map((value, index) =>
    [0, 3, 10].includes(index) ? value : zigzag(value),
  );
  const text = (number: number, value: string) => message(number, Buffer.from(value));
  const feature = Buffer.concat([field(3, 3), message(4, Buffer.from(commands.flatMap(varint)))]);
  const water = [field(15, 2), text(1, "water"), message(2, feature), field(5, 4096)];
  const point = Buffer.from([9, zigzag(2048), zigzag(1362)].flatMap(varint));
  const place = Buffer.concat([message(2, Buffer.from([0, 0, 1, 1])), field(3, 1), message(4, point)]);
  const values = [PLACE.name, "city"].map((value) => message(4, text(1, value)));
  const places = [
    ...[field(15, 2), text(1, "places"), message(2, place)],
    ...[text(3, "name"), text(3, "kind_detail"), ...values, field(5, 4096)],
  ];
  return Buffer.concat([message(3, Buffer.concat(water)), message(3, Buffer.concat(places))]);
}

function field(number: number, value: number): Buffer {
  return Buffer.from([...varint(number << 3), ...varint(value)]);
}

function message(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return [...bytes, rest];
}
