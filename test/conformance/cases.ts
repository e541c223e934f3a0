import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One case of a conformance file; what it holds depends on its kind. */
export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly given?: Given;
  readonly recipe?: unknown;
  readonly recipeText?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly compareCsv?: "text" | "cells";
  readonly tolerance?: number;
  readonly numericStrings?: boolean;
}

/** What lies in the store before a case. */
export interface Given {
  readonly subjects?: readonly GivenSubject[];
  readonly subjectTypes?: readonly { readonly provider: string; readonly label: string }[];
  readonly attributes?: readonly { readonly provider: string; readonly label: string }[];
  readonly timedValues?: readonly (readonly [string, string, string, string, number])[];
  readonly fixedValues?: readonly (readonly [string, string, string, string])[];
  readonly modelFiles?: Readonly<Record<string, unknown>>;
}

/** A subject with its shape as WKT. */
export interface GivenSubject {
  readonly provider: string;
  readonly subjectType: string;
  readonly label: string;
  readonly name: string | null;
  readonly geometry: string | null;
}

const SHARED = fileURLToPath(new URL("../../../shared/conformance/recipes.json", import.meta.url));
/** The project's own cases, worked out by hand from the specification. */
export const ownCasesFile: string = fileURLToPath(new URL("../data/conformance.json", import.meta.url));

/** The file that `TOMBOLO_CASES` names, else the shared one where it exists, else the project's own. */
export const casesFile: string = process.env.TOMBOLO_CASES ?? (existsSync(SHARED) ? SHARED : ownCasesFile);

/** The cases of a file. */
export function readCases(file = casesFile): Case[] {
  return JSON.parse(readFileSync(file, "utf8")).cases;
}
