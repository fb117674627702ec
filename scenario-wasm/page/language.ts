/** Numbers and lists in the page's language; `Intl` uses the same data as the build. */

const { lang, dir, dataset } = document.documentElement;
const language = lang || undefined;

/** The digits of the rest of the page, whatever this browser would use by default. */
const digits = { numberingSystem: dataset["digits"] ?? "latn" };
/** Whether the page is right to left. */
export const isMirrored = dir === "rtl";

const numbers = (options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, { ...digits, ...options });

let whole: Intl.NumberFormat | undefined;

/** Formats a value. Most numbers do not need `Intl`, whose first use takes longer than a choice. */
export function formatted(value: string | number): string {
  const plain = String(value);
  if (plain === value || (digits.numberingSystem === "latn" && /^\d{1,3}$/.test(plain))) return plain;
  return (whole ??= numbers()).format(value as number);
}

/** Formats a change with its sign, plus included. */
export function signed(by: number): string {
  return numbers({ signDisplay: "always" }).format(by);
}

/** Formats a duration in minutes and seconds. */
export function duration(seconds: number): string {
  const two = numbers({ minimumIntegerDigits: 2 });
  return `${formatted(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
}

/** Formats tenths of a point. */
export function tenths(count: number): string {
  return numbers({ minimumFractionDigits: 1 }).format(count / 10);
}

/** The forms of a word for a count, the best first: `none` for exactly 0, `single` for exactly 1, none of them for something
 *  that is not a number. */
export function forms(count: string | number | undefined): string[] {
  if (typeof count !== "number") return [""];
  return [count === 1 ? ".single" : count ? "" : ".none", `.${new Intl.PluralRules(language).select(count)}`, ".other", ""];
}

/** "a, b", or "a or b" if any of them is enough. */
export function listed(items: string[], type: "unit" | "disjunction" | "conjunction" = "unit"): string {
  return new Intl.ListFormat(language, { type }).format(items);
}

/** The first sentence of a text; the whole text if the browser cannot tell. */
export function firstSentence(text: string): string {
  const [first] = Intl.Segmenter ? new Intl.Segmenter(language, { granularity: "sentence" }).segment(text) : [];
  return first?.segment.trim() ?? text;
}

/** A future day: weekday and date. */
export function day(at: Date): string {
  return at.toLocaleDateString(language, { ...digits, weekday: "long", day: "numeric", month: "long" });
}

export function date(at: string): string {
  return new Date(at).toLocaleDateString(language, { ...digits, dateStyle: "medium" });
}
