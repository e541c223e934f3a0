/**
 * Comm target of the side panel. The front end opens it and sends {@link PanelRequest}s; the kernel answers each with a
 * {@link PanelAnswer}, and tells of itself when an import begins, goes on or ends.
 */
export const PANEL_COMM_TARGET = "tombolo.panel";

/** What the side panel asks: datasources that fit some words, all when there are none, or what the store holds. */
export type PanelRequest =
  | { readonly want: "catalogue"; readonly words: string }
  | { readonly want: "store" };

/** A datasource of the catalogue. */
export interface PanelDatasource {
  /** What is written after `%import`. */
  readonly word: string;
  readonly title: string;
  readonly description: string;
  readonly publisher: string;
  /** Years that it is about. */
  readonly years: string;
}

/** A dataset of the store. */
export interface PanelDataset {
  readonly title: string;
  /** Bytes on disk. */
  readonly bytes: number;
  readonly access: string;
  readonly source: string;
  /** When it was retrieved, as ISO 8601. */
  readonly retrieved: string;
}

/** An import that runs. */
export interface PanelImport {
  readonly name: string;
  readonly stage: string;
  /** From 0 to 1; absent when nobody knows. */
  readonly share?: number;
}

/** What the kernel tells. */
export type PanelAnswer =
  | {
      readonly give: "catalogue";
      readonly words: string;
      readonly found: number;
      readonly datasources: readonly PanelDatasource[];
    }
  | { readonly give: "store"; readonly folder: string; readonly datasets: readonly PanelDataset[] }
  | { readonly give: "imports"; readonly imports: readonly PanelImport[] }
  | { readonly give: "mistake"; readonly message: string };

/** A request; throws a TypeError when it is none. */
export function parsePanelRequest(value: unknown): PanelRequest {
  const { want, words } = properties(value);
  if (want === "store") return { want };
  if (want === "catalogue" && typeof words === "string") return { want, words };
  throw new TypeError("the side panel asks for the catalogue or the store");
}

/** An answer; throws a TypeError when it is none. */
export function parsePanelAnswer(value: unknown): PanelAnswer {
  const answer = properties(value);
  const text = (from: Readonly<Record<string, unknown>>, name: string) => String(from[name] ?? "");
  const list = (name: string) => (Array.isArray(answer[name]) ? answer[name].map(properties) : []);
  switch (answer["give"]) {
    case "mistake":
      return { give: "mistake", message: text(answer, "message") };
    case "imports": {
      const imports = list("imports").map((each) => ({
        name: text(each, "name"),
        stage: text(each, "stage"),
        ...(typeof each["share"] === "number" && { share: each["share"] }),
      }));
      return { give: "imports", imports };
    }
    case "store": {
      const datasets = list("datasets").map((each) => ({
        title: text(each, "title"),
        bytes: Number(each["bytes"]),
        access: text(each, "access"),
        source: text(each, "source"),
        retrieved: text(each, "retrieved"),
      }));
      return { give: "store", folder: text(answer, "folder"), datasets };
    }
    case "catalogue": {
      const datasources = list("datasources").map((each) => ({
        word: text(each, "word"),
        title: text(each, "title"),
        description: text(each, "description"),
        publisher: text(each, "publisher"),
        years: text(each, "years"),
      }));
      return { give: "catalogue", words: text(answer, "words"), found: Number(answer["found"]), datasources };
    }
    default:
      throw new TypeError("the kernel gives the side panel something else");
  }
}

function properties(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new TypeError("something is not an object");
  return Object.fromEntries(Object.entries(value));
}
