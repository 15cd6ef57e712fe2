/**
 * UTF-8 where the platform has no `TextEncoder` or `TextDecoder` (older Hermes), as far as the engine's glue uses them.
 * The platform's own is taken where there is one.
 */

/** Writes UTF-8. Text comes here well-formed; half a surrogate pair alone is written as U+FFFD, as the platform's does. */
export class Utf8Encoder {
  /** @param {string} text @returns {Uint8Array} */
  encode(text) {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  /** @param {string} text @param {Uint8Array} into with room for three bytes a character */
  encodeInto(text, into) {
    let at = 0;
    for (let index = 0; index < text.length; index += 1) {
      let code = /** @type {number} */ (text.codePointAt(index));
      if (code > 0xffff) index += 1;
      else if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
      if (code < 0x80) into[at++] = code;
      else {
        if (code < 0x800) into[at++] = 0xc0 | (code >> 6);
        else {
          if (code < 0x10000) into[at++] = 0xe0 | (code >> 12);
          else {
            into[at++] = 0xf0 | (code >> 18);
            into[at++] = 0x80 | ((code >> 12) & 0x3f);
          }
          into[at++] = 0x80 | ((code >> 6) & 0x3f);
        }
        into[at++] = 0x80 | (code & 0x3f);
      }
    }
    return { read: text.length, written: at };
  }
}

/** Reads UTF-8 that the engine wrote, which is always valid. */
export class Utf8Decoder {
  /** @param {Uint8Array} [bytes] @returns {string} */
  decode(bytes = new Uint8Array()) {
    const follow = (/** @type {number} */ at) => /** @type {number} */ (bytes[at]) & 0x3f;
    let text = "";
    for (let at = 0; at < bytes.length;) {
      const first = /** @type {number} */ (bytes[at]);
      if (first < 0x80) {
        text += String.fromCharCode(first);
        at += 1;
      } else if (first < 0xe0) {
        text += String.fromCharCode(((first & 0x1f) << 6) | follow(at + 1));
        at += 2;
      } else if (first < 0xf0) {
        text += String.fromCharCode(((first & 0x0f) << 12) | (follow(at + 1) << 6) | follow(at + 2));
        at += 3;
      } else {
        text += String.fromCodePoint(((first & 0x07) << 18) | (follow(at + 1) << 12) | (follow(at + 2) << 6) | follow(at + 3));
        at += 4;
      }
    }
    return text;
  }
}

const platform = /** @type {{ TextEncoder?: typeof Utf8Encoder, TextDecoder?: typeof Utf8Decoder }} */ (/** @type {unknown} */ (globalThis));

/** The platform's, or ours. */
export const Encoder = platform.TextEncoder ?? Utf8Encoder;
/** The platform's, or ours. */
export const Decoder = platform.TextDecoder ?? Utf8Decoder;
