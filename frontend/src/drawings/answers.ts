/** What the answers that are drawn have in common. */

export interface Total {
  plays: number;
  minutes: number;
}

/** What is counted: how often, or for how long. */
export type By = keyof Total;

/** A window of an answer; its ends are ISO 8601 with the offset of the answer's time zone, the second excluded. */
export interface Window {
  name: string | null;
  start: string;
  end: string;
}

export interface Answer {
  window: Window;
  total: Total;
  /** The time zone by whose days and hours the answer goes. */
  time_zone: string;
  speech: string;
}
