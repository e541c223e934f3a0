/** A place in a document of the language server, counted from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** What the server finds wrong. */
export interface Diagnostic {
  readonly code: number;
  readonly message: string;
  readonly start: Position;
  readonly isError: boolean;
}

/** Something that can be written. */
export interface CompletionItem {
  readonly label: string;
  /** In the words of Jupyter's completion metadata. */
  readonly type: string;
  readonly sortText: string;
  readonly insertText: string;
}

type Fields = Readonly<Record<string, unknown>>;

const ERROR = 1;

/** Kinds of completion items of the language server protocol, from 1 on. */
const KINDS =
  "text method function constructor field variable class interface module property unit value enum keyword snippet color file reference folder enumMember constant struct event operator typeParameter".split(
    " ",
  );

/** Reads the answer to `textDocument/diagnostic`. */
export function diagnosticsIn(answer: unknown): Diagnostic[] {
  return listIn(answer, "items").flatMap((item) => {
    const range = isFields(item.range) ? item.range : {};
    const start = positionIn(range.start);
    if (!start) return [];
    const { code, message, severity } = item;
    return [{ code: Number(code), message: String(message), start, isError: severity === ERROR }];
  });
}

/** Reads the answer to `textDocument/completion`. */
export function completionsIn(answer: unknown): CompletionItem[] {
  const items = Array.isArray(answer) ? answer.filter(isFields) : listIn(answer, "items");
  return items.map(({ label, kind, sortText, insertText }) => ({
    label: String(label),
    type: KINDS[Number(kind) - 1] ?? "text",
    sortText: String(sortText ?? label),
    insertText: typeof insertText === "string" ? insertText : String(label),
  }));
}

/** Reads the answer to `textDocument/hover`: Markdown. */
export function hoverIn(answer: unknown): string | undefined {
  const contents = isFields(answer) ? answer.contents : undefined;
  const text = isFields(contents) ? contents.value : contents;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** Reads the answer to `textDocument/signatureHelp`: the signatures and their documentation in Markdown. */
export function signatureIn(answer: unknown): string | undefined {
  const signatures = listIn(answer, "signatures").map(({ label, documentation }) => {
    const text = isFields(documentation) ? documentation.value : documentation;
    return `\`\`\`typescript\n${String(label)}\n\`\`\`${typeof text === "string" ? `\n${text}` : ""}`;
  });
  return signatures.length > 0 ? signatures.join("\n\n") : undefined;
}

/** Reads the answer to `textDocument/documentSymbol`: names of the top level that are declared below the first line. */
export function topNamesIn(answer: unknown): string[] {
  const symbols = Array.isArray(answer) ? answer.filter(isFields) : [];
  const own = symbols.filter(({ range }) => (isFields(range) ? (positionIn(range.start)?.line ?? 0) : 0) > 0);
  return [...new Set(own.map(({ name }) => String(name)))];
}

function listIn(answer: unknown, key: string): Fields[] {
  const list = isFields(answer) ? answer[key] : undefined;
  return Array.isArray(list) ? list.filter(isFields) : [];
}

function positionIn(value: unknown): Position | undefined {
  return isFields(value) && typeof value.line === "number" && typeof value.character === "number"
    ? { line: value.line, character: value.character }
    : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
