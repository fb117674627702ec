/** Numbers and lists as the page's language has them: `Intl` speaks from the same data as the build. */

const { lang, dataset } = document.documentElement;
const language = lang || undefined;

/** The digits are those of the rest of the page, whatever this browser would take by itself. */
export const digits = { numberingSystem: dataset["digits"] ?? "latn" };
/** Right to left. */
export const isMirrored = document.documentElement.dir === "rtl";

let whole: Intl.NumberFormat | undefined;

/** A value as people read it. Most numbers need no `Intl`, whose first use takes longer than a choice. */
export function formatted(value: string | number): string {
  const plain = String(value);
  if (plain === value || (digits.numberingSystem === "latn" && /^\d{1,3}$/.test(plain))) return plain;
  return (whole ??= new Intl.NumberFormat(language, digits)).format(value as number);
}

/** A change: with its sign, also of what grew. */
export function signed(by: number): string {
  return new Intl.NumberFormat(language, { ...digits, signDisplay: "always" }).format(by);
}

/** How long something has lasted, in minutes and seconds. */
export function lasted(seconds: number): string {
  const two = new Intl.NumberFormat(language, { ...digits, minimumIntegerDigits: 2 });
  return `${formatted(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
}

/** Tenths of a point, as shown. */
export function tenths(count: number): string {
  return new Intl.NumberFormat(language, { ...digits, minimumFractionDigits: 1 }).format(count / 10);
}

/** The forms of a word that may go with a count, the best first: `none` is of exactly 0, `single` of exactly 1, and nothing of no
 *  number. */
export function forms(count: string | number | undefined): string[] {
  if (typeof count !== "number") return [""];
  return [count === 1 ? ".single" : count ? "" : ".none", `.${new Intl.PluralRules(language).select(count)}`, ".other", ""];
}

/** "a, b" or, where any of them will do, "a or b". */
export function listed(items: string[], type: "unit" | "disjunction" | "conjunction" = "unit"): string {
  return new Intl.ListFormat(language, { type }).format(items);
}

/** The first sentence of a text; all of it where the browser cannot tell. */
export function firstSentence(text: string): string {
  const [first] = Intl.Segmenter ? new Intl.Segmenter(language, { granularity: "sentence" }).segment(text) : [];
  return first?.segment.trim() ?? text;
}

/** A day to come: the weekday and the date. */
export function day(at: Date): string {
  return at.toLocaleDateString(language, { ...digits, weekday: "long", day: "numeric", month: "long" });
}

export function date(at: string): string {
  return new Date(at).toLocaleDateString(language, { ...digits, dateStyle: "medium" });
}
