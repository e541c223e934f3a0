/**
 * The bytes of numbers in another order: the first of each number, then the second of each, and so on. Bytes of one place are
 * alike in most columns, those with the exponents nearly equal, so that deflating makes them a third shorter.
 */
export function togetherByPlace(bytes: Uint8Array, bytesPerNumber: number): Uint8Array<ArrayBuffer> {
  return transposed(bytes, bytesPerNumber);
}

/** The bytes of numbers as they were before {@link togetherByPlace}. */
export function togetherByNumber(bytes: Uint8Array, bytesPerNumber: number): Uint8Array<ArrayBuffer> {
  return transposed(bytes, bytes.length / bytesPerNumber);
}

/** A grid of bytes, whose rows follow each other, with its columns as rows. */
function transposed(bytes: Uint8Array, columns: number): Uint8Array<ArrayBuffer> {
  const rows = bytes.length / columns;
  const turned = new Uint8Array(bytes.length);
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) turned[column * rows + row] = bytes[row * columns + column] ?? 0;
  return turned;
}
