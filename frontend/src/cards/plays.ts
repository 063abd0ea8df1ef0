/** A play as answers tell it. */
export interface Play {
  /** Of what is over. */
  id: string | null;
  title: string;
  artists: string[];
  album: string | null;
  kind: string;
  uri: string | null;
  listener: string | null;
  rooms: string[];
  device: string | null;
  started_at: string;
  ended_at: string;
  seconds_played: number;
  in_progress: boolean;
  /** Whether it can be heard now, and is not paused. */
  playing: boolean;
  station?: string;
}

/** Return who made it, or on which station it was. */
export const makersOf = (play: Play): string =>
  play.artists.join(", ") || play.station || play.album || "";

/** Return whether Spotify has it, so that it can be played again. */
export const hasLink = (uri: string | null): uri is string =>
  /^spotify:(track|episode|chapter):/.test(uri ?? "");
