/** Writes whole numbers in as few bytes as they need: seven bits a byte, small negative numbers as short as positive ones. */
export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** A number from 0 to 2³² - 1. */
  unsigned(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow();
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A number of 32 bits, with a sign; differences that leave the range wrap around, here as in {@link ByteReader}. */
  signed(value: number): void {
    const whole = value | 0;
    this.unsigned((whole << 1) ^ (whole >> 31));
  }

  double(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow();
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what {@link ByteWriter} has written. Throws a RangeError at the end of the bytes. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#offset++];
      if (byte === undefined) throw new RangeError("the geometry is cut short");
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError("the geometry has a number that is too long");
  }

  signed(): number {
    const value = this.unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  double(): number {
    if (this.left < 8) throw new RangeError("the geometry is cut short");
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#offset, 8);
    this.#offset += 8;
    return view.getFloat64(0, true);
  }

  /** A count of things of at least so many bytes each: more than there can be are refused before memory is taken for them. */
  count(bytesEach: number): number {
    const count = this.unsigned();
    if (count * bytesEach > this.left) throw new RangeError("the geometry is not as long as it says");
    return count;
  }
}
