/**
 * The bytes of numbers in another order: the first of each number, then the second of each, and so on. Bytes of one place are
 * alike in most columns, those with the exponents nearly equal, so that deflating makes them a third shorter.
 */
export function togetherByPlace(bytes: Uint8Array, bytesPerNumber: number): Uint8Array<ArrayBuffer> {
  const count = bytes.length / bytesPerNumber;
  const together = new Uint8Array(bytes.length);
  for (let place = 0; place < bytesPerNumber; place++)
    for (let number = 0; number < count; number++)
      together[place * count + number] = bytes[number * bytesPerNumber + place] ?? 0;
  return together;
}

/** The bytes of numbers as they were before {@link togetherByPlace}. */
export function togetherByNumber(bytes: Uint8Array, bytesPerNumber: number): Uint8Array<ArrayBuffer> {
  const count = bytes.length / bytesPerNumber;
  const together = new Uint8Array(bytes.length);
  for (let place = 0; place < bytesPerNumber; place++)
    for (let number = 0; number < count; number++)
      together[number * bytesPerNumber + place] = bytes[place * count + number] ?? 0;
  return together;
}
