/** What the answers that are drawn have in common. */

export interface Total {
  play_count: number;
  minutes: number;
}

/** What is counted: how often, or for how long. */
export type By = "plays" | "minutes";

export const sizeOf = (total: Total, by: By): number =>
  by === "plays" ? total.play_count : total.minutes;

/** A window of an answer; its ends are ISO 8601 with the offset of the answer's time zone, the second excluded. */
export interface Window {
  name: string | null;
  start: string;
  end: string;
}

export interface Answer {
  time_range: Window;
  total: Total;
  /** The time zone by whose days and hours the answer goes. */
  time_zone: string;
  speech: string;
}
