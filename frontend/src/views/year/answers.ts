/** What a review is made of. */

import type { Step, StepName } from "../../drawings/steps.ts";
import type { Of, Ranked } from "../../elements/ranking.ts";
import type {
  Answer,
  Discoveries,
  ListeningTime,
  Session,
  Sessions,
  Streak,
  Streaks,
  Taste,
  Total,
} from "../insights/answers.ts";
import type { Timeline } from "../../drawings/timeline.ts";

type Tops = Partial<Record<Of, Ranked[]>>;

export interface FirstPlay {
  title: string;
  artists: string[];
  uri: string | null;
  listener: string | null;
  started_at: string;
}

export interface YearAnswer extends Answer {
  year: number;
  days: number;
  different: Partial<Record<Of, number>>;
  top: Tops;
  months: (Total & { month: string; top_track: Ranked | null })[];
  biggest_day: ({ date: string } & Total) | null;
  longest_streak: Streak | null;
  longest_session: (Omit<Session, "rooms"> & { rooms?: string[] }) | null;
  first_play: FirstPlay | null;
  most_repeated_in_a_day: (Ranked & { date: string }) | null;
  new_artists: number;
  new_favorite: Ranked | null;
  favorites_known_years: number | null;
  before: { start: string; end: string } & Total;
  change_percent: number | null;
}

/** What is asked about a window that is no year. */
export interface WindowAnswers {
  taste: Taste & { top: Tops; days: number };
  time: ListeningTime;
  timeline: Timeline;
  streaks: Streaks;
  sessions: Sessions;
  discoveries: Discoveries;
}

export interface Review extends Answer {
  /** Null for a window that is no year. */
  year: number | null;
  days: number;
  different: Partial<Record<Of, number>>;
  top: Tops;
  step: StepName;
  steps: (Step & { track?: Ranked | null })[];
  biggestDay: ({ date: string } & Total) | null;
  streak: Streak | null;
  session: ({ start: string; end: string } & Total) | null;
  firstPlay: FirstPlay | null;
  repeated: (Ranked & { date: string }) | null;
  newArtists: number;
  newFavourite: Ranked | null;
  knownYears: number | null;
  before: ({ start: string; end: string } & Total) | null;
  changePercent: number | null;
}
