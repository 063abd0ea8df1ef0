/** What the questions of this page answer, as far as it is shown. */

import type { Total } from "../../drawings/answers.ts";
import type { Ranked } from "../../elements/ranking.ts";

export interface Gap {
  start: string;
  end: string;
  reason: string;
}

export interface Span {
  name: string | null;
  start: string;
  end: string;
  complete: boolean;
  coverage: number;
  gap_count: number;
  gaps: Gap[];
}

export interface Answer {
  time_range: Span;
  recorded_from: string | null;
  time_zone: string;
  total: Total;
  speech: string;
}

export interface ListeningTime extends Answer {
  days: number;
  minutes_per_day: number;
  longest_day: ({ date: string } & Total) | null;
}

export interface Taste extends Answer {
  different: { artists: number; tracks: number };
  discovery_rate: { artists: number | null; tracks: number | null };
  half_of_plays: { artists: number; tracks: number };
  skip_rate: number | null;
  before: ({ start: string; end: string } & Total) | null;
  change_percent: number | null;
}

export interface Top extends Answer {
  top: Ranked[];
}

export interface Discoveries extends Answer {
  new: number;
  different: number;
  discoveries: Ranked[];
}

export interface Forgotten extends Omit<Answer, "total"> {
  forgotten_count: number;
  forgotten_favorites: (Ranked & { last_played: string })[];
}

export interface Repeats extends Answer {
  different: number;
  repeats: number;
  repeat_rate: number | null;
  most_repeated: Ranked[];
}

export interface Comparison extends Answer {
  compared_with: Span;
  other_total: Total;
  change_percent: number | null;
  top: Ranked[];
  other_top: Ranked[];
}

export interface Streak {
  first: string;
  last: string;
  days: number;
}

export interface Streaks extends Answer {
  days: number;
  current: Streak | null;
  streaks: Streak[];
}

export interface Session extends Total {
  listener?: string;
  room?: string;
  start: string;
  end: string;
  rooms: string[];
}

export interface Sessions extends Answer {
  sessions: number;
  average: Total | null;
  longest: Session | null;
  latest: Session[];
}

export type { Total };
