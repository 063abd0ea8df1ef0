/** What Encore uses of the object that Home Assistant hands to panels and cards. */

export interface Connection {
  sendMessagePromise<T>(message: object): Promise<T>;
  /** Sent again by itself whenever the connection comes back, unless `resubscribe` is false. */
  subscribeMessage<T>(
    listener: (event: T) => void,
    message: object,
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void>>;
  addEventListener(type: "ready" | "disconnected", listener: () => void): void;
  removeEventListener(
    type: "ready" | "disconnected",
    listener: () => void,
  ): void;
  connected: boolean;
}

export interface EntityState {
  entity_id: string;
  state: string;
  last_changed: string;
  last_updated: string;
  attributes: Record<string, unknown>;
}

export interface Locale {
  language: string;
  number_format: string;
  time_format: string;
  date_format: string;
  first_weekday: string;
  time_zone: string;
}

export interface Hass {
  connection: Connection;
  language: string;
  locale: Locale;
  config: { time_zone: string; country: string | null };
  states: Record<string, EntityState>;
  entities: Record<
    string,
    {
      entity_id: string;
      platform?: string;
      device_id?: string;
      area_id?: string;
    }
  >;
  devices: Record<
    string,
    { id: string; area_id: string | null; name: string | null }
  >;
  areas: Record<string, { area_id: string; name: string }>;
  themes: { darkMode: boolean };
  /** What whoever looks has in the sidebar, by its address; only of those they may see. */
  panels?: Record<string, unknown>;
  user: { id: string; name: string; is_admin: boolean };
  callService(
    domain: string,
    service: string,
    data?: object,
    target?: object,
    notifyOnError?: boolean,
  ): Promise<unknown>;
  fetchWithAuth(path: string, init?: RequestInit): Promise<Response>;
  hassUrl(path?: string): string;
}

/** What a page of Encore stands at: `/encore` and what follows it. */
export interface Route {
  prefix: string;
  path: string;
}

/** What Home Assistant answers where something cannot be done. */
export interface Refusal {
  code: string;
  message: string;
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === "object" &&
  value !== null &&
  "code" in value &&
  "message" in value;
