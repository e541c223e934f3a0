/**
 * A PDF of one page with one picture on it (ISO 32000-1, chapters 7 and 8). The picture is a JPEG, which PDF takes as it is;
 * texts are part of it, so that every script is shown as on the screen.
 */
export function pictureAsPdf(
  jpeg: Uint8Array,
  pixels: { readonly width: number; readonly height: number },
  page: { readonly width: number; readonly height: number },
  title: string,
): Blob {
  // PDF counts in points: 72 to an inch, where CSS has 96 pixels.
  const [width, height] = [page.width, page.height].map((length) => ((length * 72) / 96).toFixed(2));
  const drawing = `q ${width} 0 0 ${height} 0 0 cm /Picture Do Q`;
  const image = `<< /Type /XObject /Subtype /Image /Width ${pixels.width} /Height ${pixels.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`;
  const objects: (string | Uint8Array)[][] = [
    ["<< /Type /Catalog /Pages 2 0 R >>"],
    ["<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /XObject << /Picture 5 0 R >> >> >>`,
    ],
    [`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
    [`${image}\nstream\n`, jpeg, "\nendstream"],
    [`<< /Title ${hexText(title)} >>`],
  ];
  return writeObjects(objects);
}

function writeObjects(objects: readonly (readonly (string | Uint8Array)[])[]): Blob {
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
function hexText(text: string): string {
  const digits = Array.from({ length: text.length }, (_, index) =>
    text.charCodeAt(index).toString(16).padStart(4, "0"),
  );
  return `<feff${digits.join("")}>`;
}
