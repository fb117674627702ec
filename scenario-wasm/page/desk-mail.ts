/** Turns a file into text: a mail, decoded by the browser, or a text in any encoding. */

/** The most mails inside of one another; nobody forwards more often than this. */
const DEPTH = 8;

/** Converts bytes to one letter each, and back. */
const letters = (bytes: Uint8Array) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return text;
};
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Whether these are the bytes of a workbook, which is compressed. */
export const isWorkbook = ([first, second]: Uint8Array) => (first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf);

/** The text of a file. */
export function textOf(name: string, bytes: Uint8Array): string {
  const head = letters(bytes.subarray(0, 20_000)).split(/\r?\n\r?\n/)[0] ?? "";
  const isMail = /^(?:mime-version|message-id|received|content-transfer-encoding):/im.test(head);
  if (/\.eml$/i.test(name) || isMail) return mail(letters(bytes), DEPTH);
  return decoded(bytes);
}

/** UTF-8, what a spreadsheet saves as Unicode text, or the encoding of old programs. */
function decoded(bytes: Uint8Array, charset?: string): string {
  const [first, second, third, fourth] = bytes;
  // With a byte order mark, or as Latin text looks without one.
  const little = (first === 0xff && second === 0xfe) || (first && second === 0 && third && fourth === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second && third === 0 && fourth);
  const wide = little ? "utf-16le" : big ? "utf-16be" : "utf-8";
  for (const label of [charset ?? wide, wide]) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // Another encoding than declared, or one that no browser knows.
    }
  }
  return new TextDecoder("windows-1252").decode(bytes);
}

/** A mail, or a part of one: header lines, an empty line, and the body. */
function mail(raw: string, depth: number): string {
  const [, head = "", body = ""] = /^([^]*?)\r?\n\r?\n([^]*)$/.exec(raw) ?? [];
  const header = (name: string) => new RegExp(`^${name}:(.*(?:\\r?\\n[ \\t].*)*)`, "im").exec(head)?.[1]?.trim() ?? "";
  const type = header("content-type");
  const parameter = (name: string) => {
    const [, quoted, plain] = new RegExp(`${name}=(?:"([^"]*)"|([^;\\s]+))`, "i").exec(type) ?? [];
    return quoted ?? plain;
  };
  const boundary = parameter("boundary");
  if (boundary && depth) {
    const parts = `\n${body}`.split(`\n--${boundary}`).slice(1).map((part) => part.replace(/^[^\n]*\n/, ""));
    const plain = parts.find((part) => /^content-type:\s*text\/plain/im.test(part.split(/\r?\n\r?\n/)[0] ?? ""));
    const shown = /^multipart\/alternative/i.test(type) && plain !== undefined ? [plain] : parts;
    return shown.map((part) => mail(part.startsWith("\n") || part.startsWith("\r") ? `\r\n${part}` : part, depth - 1)).join("\n");
  }
  const inner = transferred(body, header("content-transfer-encoding").toLowerCase());
  if (/^message\/rfc822/i.test(type)) return depth ? mail(inner, depth - 1) : "";
  const isText = !type || /^text\//i.test(type) || /\.(?:txt|csv|tsv|json|html?)"?\s*$/im.test(`${type}\n${header("content-disposition")}`);
  if (!isText) return "";
  const text = decoded(bytesOf(inner), parameter("charset"));
  return /^text\/html/i.test(type) ? words(text) : text;
}

function transferred(body: string, encoding: string): string {
  if (encoding === "quoted-printable") {
    const joined = body.replace(/=[ \t]*\r?\n/g, "");
    return joined.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
  if (encoding !== "base64") return body;
  try {
    return atob(body.replace(/[^A-Za-z\d+/]/g, ""));
  } catch {
    return body;
  }
}

const SIGNS: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", shy: "\u00ad", ndash: "\u2013", mdash: "\u2014" };

/** The words of a page; the targets of links are kept. */
function words(html: string): string {
  const plain = html
    .replace(/<(style|script)[^]*?<\/\1>/gi, "")
    .replace(/<a\b[^>]*href=["'][^"'#]*#([^"']+)["'][^>]*>([^]*?)<\/a>/gi, (_, code: string, inner: string) => (inner.includes(code) ? inner : `${inner} ${code} `))
    .replace(/<(?:br|\/?(?:p|div|td|tr|li|h\d))\b/gi, "\n$&")
    .replace(/<[^>]*>/g, "");
  return plain.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    if (name) return SIGNS[name.toLowerCase()] ?? all;
    const number = decimal ? Number(decimal) : parseInt(hex ?? "", 16);
    return number < 0x110000 ? String.fromCodePoint(number) : all;
  });
}
