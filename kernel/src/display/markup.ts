import { escapeHtml } from "@tombolo/bundle/escape";
import { DISPLAY_SYMBOL, type Displayable } from "@tombolo/bundle/mime";

/** A text in a markup language that shows itself as what it describes. */
export class Markup implements Displayable {
  readonly type: "text/html" | "image/svg+xml" | "text/markdown";
  readonly text: string;

  constructor(type: Markup["type"], text: string) {
    this.type = type;
    this.text = text;
  }

  [DISPLAY_SYMBOL]() {
    return { data: { [this.type]: this.text, "text/plain": this.text } };
  }

  toString(): string {
    return this.text;
  }
}

type Tag = (texts: TemplateStringsArray, ...values: readonly unknown[]) => Markup;

/** HTML; values are escaped, other markup and lists of it are put in as they are. */
export const html: Tag = tagFor("text/html", escapeHtml);

/** A drawing; values are escaped as in HTML. */
export const svg: Tag = tagFor("image/svg+xml", escapeHtml);

/** Markdown; signs of Markdown and HTML in values are escaped. */
export const md: Tag = tagFor("text/markdown", escapeMarkdown);

/** A text with the signs of Markdown and HTML made harmless. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$]/g, "\\$&").replaceAll("&", "&amp;");
}

function tagFor(type: Markup["type"], escapeText: (text: string) => string): Tag {
  const textOf = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(textOf).join("");
    if (value instanceof Markup && (value.type === type || type !== "image/svg+xml")) return value.text;
    return value === null || value === undefined ? "" : escapeText(String(value));
  };
  return (texts, ...values) =>
    new Markup(
      type,
      texts.map((text, index) => text + (index < values.length ? textOf(values[index]) : "")).join(""),
    );
}
