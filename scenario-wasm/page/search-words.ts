/** Splits texts into words as the build does: the generator's `search/words.rs` explains how, and `tests/search/words.json`
 *  tests both. */

/** Scripts without spaces between words. */
const DENSE =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u1950-\\u19df\\u1a20-\\u1aaf\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\ua9e0-\\ua9ff\\uaa60-\\uaadf\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const SIGN = "[\\p{Alphabetic}\\p{N}\\p{M}]";
const RUN = new RegExp(`(?:(?=[${DENSE}])${SIGN})+|(?:(?![${DENSE}])${SIGN})+`, "gu");
const IS_DENSE = new RegExp(`^[${DENSE}]`, "u");
const DROPPED =
  /\p{DI}|(?=\p{M})[\0-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]/gu;

/** A word as it is shown, or a character of a script without spaces. */
export const SHOWN = new RegExp(`((?=[${DENSE}])${SIGN}(?:\\p{DI}|[\\u3099\\u309a])*|(?![${DENSE}])${SIGN}(?:(?![${DENSE}])(?:${SIGN}|\\p{DI}))*)`, "u");

/** Without case, accents and invisible characters. */
const folded = (text: string) =>
  text.normalize("NFKD").replace(DROPPED, "").toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");

export function words(text: string): string[] {
  return (folded(text).match(RUN) ?? []).flatMap((run) => {
    if (!IS_DENSE.test(run)) return run;
    const signs = [...run];
    return signs.map((sign, at) => sign + (signs[at + 1] ?? ""));
  });
}

/** Whether a text has no spaces between its words. */
export const isDense = (text: string) => IS_DENSE.test(text);
