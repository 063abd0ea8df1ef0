/** Which plays a page is about, as it stands in its address and as questions take it. */

import type { Parameters } from "./requests.ts";

export interface Filters {
  /** A window by its name, as questions take it; empty for the page's own. */
  window: string;
  /** Dates, or dates with times, in place of a name. */
  start: string;
  end: string;
  listener: string;
  room: string;
  kind: string;
}

export const NO_FILTERS: Filters = {
  window: "",
  start: "",
  end: "",
  listener: "",
  room: "",
  kind: "",
};

/** What filters are called in an address: as the fields of actions. */
const NAMES: Record<keyof Filters, string> = {
  window: "time_range",
  start: "start_time",
  end: "end_time",
  listener: "listener",
  room: "room",
  kind: "kind",
};

/** Read filters from the query of an address. */
export const filtersOf = (query: string): Filters => {
  const parameters = new URLSearchParams(query);
  const filters = { ...NO_FILTERS };
  for (const [name, inAddress] of Object.entries(NAMES))
    filters[name as keyof Filters] = parameters.get(inAddress) ?? "";
  return filters;
};

/** Write filters, and what else a page keeps there, as the query of an address; empty ones are left out. */
export const queryOf = (
  filters: Filters,
  more: Record<string, string> = {},
): string => {
  const query = new URLSearchParams();
  for (const [name, inAddress] of Object.entries(NAMES)) {
    const value = filters[name as keyof Filters];
    if (value) query.set(inAddress, value);
  }
  for (const [name, value] of Object.entries(more))
    if (value) query.set(name, value);
  const text = query.toString();
  return text ? `?${text}` : "";
};

/** Return what a question is asked with; `usual` is the window where none was chosen. */
export const parametersOf = (filters: Filters, usual = ""): Parameters => {
  const { window, start, end, listener, room, kind } = filters;
  const parameters: Parameters = {};
  if (start || end) {
    if (start) parameters["start_time"] = start;
    if (end) parameters["end_time"] = end;
  } else if (window || usual) parameters["time_range"] = window || usual;
  if (listener) parameters["listener"] = listener;
  if (room) parameters["room"] = room;
  if (kind) parameters["kind"] = kind;
  return parameters;
};
