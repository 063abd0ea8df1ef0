/** Plays as answers have them, and the list that pages of them make. */

export interface Play {
  /** Null while it is under way. */
  id: string | null;
  title: string;
  /** Of an episode, its show. */
  artists: string[];
  album: string | null;
  kind: string;
  uri: string;
  listener: string;
  rooms: string[];
  device: string | null;
  started_at: string;
  ended_at: string;
  seconds_played: number;
  skipped: boolean | null;
  in_progress: boolean;
  /** Whether it can be heard now, and is not paused. */
  playing: boolean;
  /** The sources that reported it. */
  sources: string[];
  context_uri: string | null;
  /** The name of a station. */
  station?: string;
}

/** Plays, newest first, and what to ask with for those before them; null where there are none. */
export interface Plays {
  plays: Play[];
  next: string | null;
}

export interface Day {
  /** Such as 2026-07-14, in the time zone of the answer. */
  date: string;
  plays: Play[];
}

/** Return what a play is known by in a list. */
export const keyOf = (play: Play): string =>
  play.id ?? `${play.listener} ${play.uri} under way`;

const begins = (play: Play): number => Date.parse(play.started_at);

/**
 * Return a list with its newest page as it is by now: what that no longer has was forgotten, and what fell off its end is
 * kept. Where so much is new that nothing holds the two together, the list begins anew.
 */
export const renewed = (list: Plays | null, newest: Plays): Plays => {
  const last = newest.plays.at(-1);
  if (!list || !newest.next || !last) return newest;
  const known = new Set(list.plays.map(keyOf));
  if (!newest.plays.some((play) => known.has(keyOf(play)))) return newest;
  const fresh = new Set(newest.plays.map(keyOf));
  const edge = begins(last);
  const older = list.plays.filter(
    (play) => begins(play) <= edge && !fresh.has(keyOf(play)),
  );
  return older.length
    ? { plays: [...newest.plays, ...older], next: list.next }
    : newest;
};

/** Return a list with the page that comes before it. */
export const extended = (list: Plays, earlier: Plays): Plays => {
  const known = new Set(list.plays.map(keyOf));
  return {
    plays: [
      ...list.plays,
      ...earlier.plays.filter((play) => !known.has(keyOf(play))),
    ],
    next: earlier.next,
  };
};

/** Return plays with others that are no longer among them, each where it was. */
export const withThese = (plays: Play[], others: Iterable<Play>): Play[] => {
  const known = new Set(plays.map(keyOf));
  const missing = [...others].filter((play) => !known.has(keyOf(play)));
  if (!missing.length) return plays;
  return [...plays, ...missing].sort(
    (one, other) => begins(other) - begins(one),
  );
};

/** Return plays by the local day on which they began. */
export const byDay = (plays: Play[]): Day[] => {
  const days: Day[] = [];
  for (const play of plays) {
    const date = play.started_at.slice(0, 10);
    const day = days.at(-1);
    if (day?.date === date) day.plays.push(play);
    else
      days.push({
        date,
        plays: [play],
      });
  }
  return days;
};

const SILENCE_MS = 30 * 60_000;

/** Return a play and what its listener heard after it until there was silence for half an hour, oldest first. */
export const fromHere = (plays: Play[], first: Play): Play[] => {
  const after = plays
    .filter(
      (play) =>
        play.listener === first.listener && begins(play) >= begins(first),
    )
    .sort((one, other) => begins(one) - begins(other));
  const session: Play[] = [];
  let silentFrom = begins(first);
  for (const play of after) {
    if (begins(play) - silentFrom > SILENCE_MS) break;
    session.push(play);
    silentFrom = Math.max(silentFrom, Date.parse(play.ended_at));
  }
  return session;
};

/** Return where something stands at Spotify, or null where it is nothing of Spotify's. */
export const addressOf = (uri: string | null): string | null => {
  const parts =
    /^spotify:(track|episode|chapter|album|artist|playlist|show|audiobook):(\w+)$/.exec(
      uri ?? "",
    );
  return parts ? `https://open.spotify.com/${parts[1]}/${parts[2]}` : null;
};
