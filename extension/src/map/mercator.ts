/** Length of the equator in metres, as Web Mercator (EPSG:3857) has it. */
export const EQUATOR = 2 * Math.PI * 6_378_137;

/** Longitude and latitude of metres in Web Mercator. */
export function toDegrees(x: number, y: number): [number, number] {
  const latitude = (360 / Math.PI) * Math.atan(Math.exp((2 * Math.PI * y) / EQUATOR)) - 90;
  return [(360 * x) / EQUATOR, latitude];
}

/** Metres in Web Mercator of longitude and latitude. */
export function toMercator(longitude: number, latitude: number): [number, number] {
  const y = Math.log(Math.tan(((latitude + 90) * Math.PI) / 360));
  return [(longitude * EQUATOR) / 360, (y * EQUATOR) / (2 * Math.PI)];
}
