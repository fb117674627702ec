/** What a package reports to a learning platform, computed only from the attempts that count. */

import { pack, type PackagedScenario } from "./package";
import { counted, mean } from "./progress";
import { attempts, lessons, type Attempt } from "./store";

/** The trainee's progress, from worst to best; it never decreases. */
export const [NOTHING, BEGUN, FAILED, PASSED] = [0, 1, 2, 3] as const;

export interface Progress {
  rank: number;
  /** 0 to 100; null before anything is finished. */
  score: number | null;
}

interface SkillScore {
  /** `leaa-listen` */
  id: string;
  score: number;
  pass: boolean;
}

/** A decision of a challenge, for platforms that receive choices. */
interface Interaction {
  id: string;
  /** The index of the choice, from 0. */
  choice: number;
  /** Its rating, 0 to 100. */
  rating: number;
  /** Objectives by id. */
  skills: string[];
}

export interface Report extends Progress {
  /** How many of the scenarios are finished, or of the lessons if a course has no scenarios. */
  done: number;
  of: number;
  skills: SkillScore[];
  interactions: Interaction[];
}

/** The report on this session, on top of earlier progress. */
export function tally(before: Progress): Report {
  const plays = pack.scenarios.map((scenario) => {
    const all = attempts(scenario.slug);
    const play = counted(all, pack.certificate);
    return { scenario, play, number: play ? all.indexOf(play) + 1 : 0 };
  });
  const finished = plays.flatMap(({ play, ...others }) => (play ? [{ ...others, play }] : []));
  const read = pack.lessons.filter(([slug]) => slug in lessons()).length;
  const [done, of] = plays.length ? [finished.length, plays.length] : [read, pack.lessons.length];
  const passes = finished.every(({ play }) => play.pass);
  const failed = pack.on_fail === "failed" ? FAILED : BEGUN;
  const rank = done < of ? BEGUN : passes ? PASSED : failed;
  const score = finished.length ? mean(plays.map(({ play }) => play?.final ?? 0)) : null;
  return {
    rank: Math.max(rank, before.rank),
    score: score === null && !before.score ? null : Math.max(score ?? 0, before.score ?? 0),
    done,
    of,
    skills: pack.reporting === "minimal" ? [] : skills(finished),
    interactions: pack.reporting === "full" ? finished.flatMap(interactions) : [],
  };
}

interface Finished {
  scenario: PackagedScenario;
  play: Attempt;
  /** The number of the attempt, from 1. */
  number: number;
}

/** The mean of each skill over the finished scenarios in which it counts. */
function skills(finished: Finished[]): SkillScore[] {
  const all = new Map<string, { scores: number[]; mark: number }>();
  for (const { scenario, play } of finished) {
    for (const skill of scenario.skills) {
      const score = play.skills?.[skill];
      if (score === undefined) continue;
      const id = `${scenario.model}-${skill}`;
      const known = all.get(id) ?? { scores: [], mark: scenario.mark };
      known.scores.push(score);
      all.set(id, known);
    }
  }
  return [...all].map(([id, { scores, mark }]) => ({ id, score: mean(scores), pass: mean(scores) >= mark }));
}

/** Only for challenges of this session: they are sent once, and not stored. */
function interactions({ scenario, play, number }: Finished): Interaction[] {
  return (play.steps ?? []).map(({ node, choice, rating, skills }) => ({
    id: `${scenario.slug}_${node}_${number}`,
    choice,
    rating,
    skills: skills.map((skill) => `${scenario.model}-${skill}`),
  }));
}
