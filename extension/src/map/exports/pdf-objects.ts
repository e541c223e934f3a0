/** An object of a PDF: its text, and bytes where it is a stream. */
export type PdfObject = readonly (string | Uint8Array)[];

/** The objects as a document (ISO 32000-1, chapter 7.5): the first is its catalogue, the last tells about it. */
export function writeObjects(objects: readonly PdfObject[]): Blob {
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const add = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? encoder.encode(part) : part.slice();
    parts.push(bytes);
    length += bytes.length;
  };
  add("%PDF-1.4\n");
  const offsets = objects.map((object, index) => {
    const offset = length;
    add(`${index + 1} 0 obj\n`);
    object.forEach(add);
    add("\nendobj\n");
    return offset;
  });
  const table = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`);
  add(
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${table}\n%%EOF\n`,
  );
  return new Blob(parts, { type: "application/pdf" });
}

/** A text as PDF takes it whatever its script: UTF-16 in hexadecimal digits. */
export function hexText(text: string): string {
  const digits = Array.from({ length: text.length }, (_, index) =>
    text.charCodeAt(index).toString(16).padStart(4, "0"),
  );
  return `<feff${digits.join("")}>`;
}

/** A stream, with entries of its dictionary. */
export function streamObject(dictionary: string, bytes: Uint8Array): PdfObject {
  return [`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`, bytes, "\nendstream"];
}

/** Bytes as PDF's FlateDecode takes them. */
export async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
