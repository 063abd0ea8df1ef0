/** What Home Assistant tells whoever administrates Encore at a glance. */

import type { Hass } from "../../hass.ts";

export interface Account {
  entry_id: string;
  account: string;
  listener: string;
  privacy: "private" | "household" | "people";
  access: string;
  state: string;
  reason: string | null;
  token: {
    health: "login_needed" | "valid" | "to_be_refreshed";
    expires_at: string | null;
    login_ends: string | null;
  } | null;
  permissions: string[] | null;
  missing_scopes: string[] | null;
  notices: string[];
  recording: boolean | null;
}

export interface Speaker {
  room: string;
  model: string | null;
  software: string | null;
  link: "new" | "pushed" | "polled" | "lost";
  heard_at: string | null;
}

/** How often there was what on each local day that had any. */
export type ByDay = ({ day: string } & Record<string, number | string>)[];

export interface Overview {
  accounts: Account[];
  households: {
    entry_id: string;
    name: string;
    state: string;
    reason: string | null;
    speakers: Speaker[];
  }[];
  store: {
    kind: string;
    /** Null for a database of its own. */
    bytes: number | null;
    plays: number;
    observations: Record<string, number>;
    kept_days: Record<string, number>;
    last_backup: string | null;
  };
  asked: ByDay;
  logins: ByDay;
}

/** Fetch it, with what was asked over some days. Rejects with a Refusal. */
export const fetchOverview = (hass: Hass, days = 7): Promise<Overview> =>
  hass.connection.sendMessagePromise<Overview>({
    type: "encore/overview",
    days,
    language: hass.language,
  });
