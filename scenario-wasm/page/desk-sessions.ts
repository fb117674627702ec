/** Two sessions side by side, as in `amends results --session`: the result of each, and the change of everyone who is in
 *  both, paired by name. */

import type { Codes } from "./codes";
import type { Class } from "./desk-report";
import * as names from "./desk-scenarios";
import type { Row } from "./desk-table";
import { signed, tenths } from "./language";
import { need, part, put, word } from "./parts";

/** Shows them, if there was an earlier session. */
export function sessions(root: HTMLElement, before: Class, after: Class, key: Codes["key"]): void {
  need(root, ".sessions").hidden = !before.rows.length;
  const slugs = new Set([...before.scenarios, ...after.scenarios].map(({ scenario }) => scenario));
  const figures = ({ scenarios }: Class, slug: string) => {
    const played = scenarios.find(({ scenario }) => scenario === slug);
    if (!played) return word("desk.not_played");
    const { count, passed, finals } = played;
    return `${word("class.sentence", { count, passed })} ${word("class.mean")}: ${tenths(finals.mean_tenths)}`;
  };
  const all = [...slugs].map((slug) => part("session", { title: names.title(slug), before: figures(before, slug), after: figures(after, slug) }));
  put(root, "sessions", ...all);

  const counted = ({ rows }: Class) => rows.filter(({ who, counts }) => who && counts);
  const play = ({ who, scenario }: Row) => `${scenario} ${key(who)}`;
  const earlier = new Map(counted(before).map((row) => [play(row), row.final]));
  const changes = counted(after).flatMap((row) => {
    const first = earlier.get(play(row));
    if (first === undefined) return [];
    const { who, scenario, final } = row;
    return part("change", { who, scenario: names.title(scenario), before: first, after: final, change: signed(final - first) });
  });
  put(root, "changes", ...changes);
}
