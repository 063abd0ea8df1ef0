/** A day as segments of music: a lane for each room, and for what each listener heard elsewhere. */

import type { Play } from "../history/plays.ts";

export interface Segment {
  play: Play;
  /** Shares of the day, 0 to 1. */
  from: number;
  to: number;
}

export interface Lane {
  name: string;
  isRoom: boolean;
  segments: Segment[];
}

/** Return the lanes of a day from `start` to `end` (ISO 8601): rooms by name, then listeners. */
export const lanesOf = (plays: Play[], start: string, end: string): Lane[] => {
  const begins = Date.parse(start);
  const length = Date.parse(end) - begins;
  const lanes = new Map<string, Lane>();
  const share = (moment: number): number =>
    Math.max(0, Math.min(1, (moment - begins) / length));
  for (const play of plays) {
    const from = Date.parse(play.started_at);
    const until = Math.min(
      Date.parse(play.ended_at),
      from + Math.max(play.seconds_played, 1) * 1000,
    );
    const to = play.in_progress ? Date.parse(play.ended_at) : until;
    const where = play.rooms.length
      ? play.rooms.map((name) => ({ name, isRoom: true }))
      : [{ name: play.listener, isRoom: false }];
    for (const { name, isRoom } of where) {
      const key = `${isRoom} ${name}`;
      const lane = lanes.get(key) ?? { name, isRoom, segments: [] };
      lanes.set(key, lane);
      lane.segments.push({ play, from: share(from), to: share(to) });
    }
  }
  for (const lane of lanes.values())
    lane.segments.sort((one, other) => one.from - other.from);
  return [...lanes.values()].sort(
    (one, other) =>
      Number(other.isRoom) - Number(one.isRoom) ||
      one.name.localeCompare(other.name),
  );
};

const NEAR = 0.015;

/** Return the segment at a share of the day, or the one next to it; undefined where nothing is near. */
export const nearest = (
  segments: Segment[],
  share: number,
): Segment | undefined => {
  const away = ({ from, to }: Segment): number =>
    Math.max(from - share, share - to, 0);
  const [first] = [...segments].sort((one, other) => away(one) - away(other));
  return first && away(first) < NEAR ? first : undefined;
};

/**
 * Return `most` things that were played last, each once, and of each album its last one first: somebody who heard a whole
 * album is offered other things beside it.
 */
export const varied = (plays: Play[], most: number): Play[] => {
  const things = new Set<string>();
  const albums = new Set<string>();
  const first: Play[] = [];
  const rest: Play[] = [];
  for (const play of plays) {
    if (things.has(play.uri)) continue;
    things.add(play.uri);
    const album = `${play.album ?? play.title} ${play.artists[0] ?? ""}`;
    (albums.has(album) ? rest : first).push(play);
    albums.add(album);
  }
  return [...first, ...rest].slice(0, most);
};
