/** Whom and what questions can be asked about, as far as whoever looks may know. */

import type { Hass } from "./hass.ts";

export interface Names {
  /** Each with the config entry of their account, if it is linked. */
  listeners: { name: string; me: boolean; account: string | null }[];
  groups: string[];
  rooms: string[];
  /** Whether what is shown may also be administered. */
  administrator: boolean;
  /** When the record begins, ISO 8601; null while there is none. */
  recorded_from: string | null;
  version: string;
}

/** Fetch the names. Rejects with a Refusal. */
export const fetchNames = (hass: Pick<Hass, "connection">): Promise<Names> =>
  hass.connection.sendMessagePromise<Names>({ type: "encore/names" });
