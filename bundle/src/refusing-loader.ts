/** What Vega puts on the element of a link. */
interface LinkAttributes {
  readonly href: string;
  readonly rel?: string;
  readonly target?: string;
}

/**
 * A Vega loader that loads nothing: a chart brings its data along, and neither a picture nor a file of somebody's
 * specification may be fetched. A link to a web page is left where somebody can click on it, in a browser; a picture of a
 * chart has none. What is refused is told to `refused`.
 */
export function refusingLoader(
  links: "kept" | "left out",
  refused: (address: string) => void = () => undefined,
) {
  const refuse = (address: string): Promise<never> => {
    refused(address);
    return Promise.reject(new Error(`A chart may not load ${address.slice(0, 200)}`));
  };
  const sanitize = async (
    address: string,
    { context }: { context?: string } = {},
  ): Promise<LinkAttributes> => {
    if (context !== "href") return refuse(address);
    const isPage = /^https?:\/\//i.test(address);
    if (links === "left out") {
      if (!isPage) refused(address);
      // A picture is not drawn when a link is refused.
      return { href: "" };
    }
    if (!isPage) return refuse(address);
    return { href: address, rel: "noopener noreferrer", target: "_blank" };
  };
  return { load: refuse, sanitize, http: refuse, file: refuse };
}
