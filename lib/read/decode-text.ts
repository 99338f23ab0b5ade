/**
 * The text of a file as Terraform or an editor wrote it: UTF-8, or UTF-16 as PowerShell writes
 * it, with or without a byte-order mark.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return "utf-16le";
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return "utf-16be";
  }
  // JSON starts with an ASCII character, so a zero byte beside it is half a UTF-16 unit.
  if (bytes.length >= 2 && bytes[0] === 0) {
    return "utf-16be";
  }
  return bytes.length >= 2 && bytes[1] === 0 ? "utf-16le" : "utf-8";
}
