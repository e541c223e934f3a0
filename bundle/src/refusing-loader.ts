/**
 * A Vega loader that loads nothing: a chart brings its data along, and neither a picture nor a link of somebody's
 * specification may reach an address.
 */
export function refusingLoader() {
  const refuse = (address: string) =>
    Promise.reject(new Error(`A chart may not load ${address.slice(0, 200)}`));
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
}
