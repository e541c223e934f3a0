const MULTIPLIER = 0x5bd1e995;

/** MurmurHash2 (32 bits) of a text's UTF-8: by it front ends and kernels give the same name to the same cell. */
export function murmur2(text: string, seed: number): number {
  const bytes = Buffer.from(text);
  const rest = bytes.length % 4;
  const whole = bytes.length - rest;
  let hash = seed ^ bytes.length;
  for (let index = 0; index < whole; index += 4) {
    hash = Math.imul(hash, MULTIPLIER) ^ mixed(bytes.readInt32LE(index));
  }
  if (rest > 0) hash = Math.imul(hash ^ bytes.readUIntLE(whole, rest), MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function mixed(word: number): number {
  const product = Math.imul(word, MULTIPLIER);
  return Math.imul(product ^ (product >>> 24), MULTIPLIER);
}
