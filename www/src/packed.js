/**
 * Bytes as a JavaScript string: each character is one byte, its code. After brotli or gzip that costs next to nothing over the bytes
 * themselves (base64 hides from the compressor what repeats). `scripts/build-variants.mjs` writes such strings.
 */

/**
 * Puts the bytes of a string into an array.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {string} packed
 */
export function unpackInto(bytes, at, packed) {
  for (let index = 0; index < packed.length; index += 1) bytes[at + index] = packed.charCodeAt(index);
}

/**
 * @param {string} packed
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function unpack(packed) {
  const bytes = new Uint8Array(packed.length);
  unpackInto(bytes, 0, packed);
  return bytes;
}
