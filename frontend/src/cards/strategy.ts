/** A whole dashboard of music that makes itself of the listeners, rooms and players there are. */

import { ask } from "../requests.ts";
import type { Hass } from "../hass.ts";
import { fetchNames } from "../names.ts";
import { loadTexts, text } from "../texts.ts";
import { viewsOf, type Home } from "./views.ts";
import { playersOf } from "../players.ts";

const known = async (
  hass: Hass,
): Promise<Pick<Home, "listeners" | "rooms">> => {
  try {
    const { listeners, rooms } = await fetchNames(hass);
    // What nobody is known to have listened to may never have been heard.
    const played = await Promise.all(
      listeners.map(async ({ name, account }) => {
        if (account !== null) return true;
        const { total } = await ask<{ total: { play_count: number } }>(
          hass,
          "get_listening_time",
          { listener: name, time_range: "all_time" },
        );
        return total.play_count > 0;
      }),
    );
    // Rooms in which nothing was ever heard have nothing to show.
    const { top } = await ask<{ top: { name: string }[] }>(hass, "get_top", {
      of: "rooms",
      time_range: "all_time",
      limit: 12,
    });
    return {
      listeners: listeners
        .filter((_, at) => played[at])
        .map(({ name }) => name),
      rooms: top.map(({ name }) => name).filter((name) => rooms.includes(name)),
    };
  } catch {
    // Encore is not there now, or this person may not ask; the cards say so themselves, and wait.
    return { listeners: [], rooms: [] };
  }
};

/** Return the configuration of a dashboard. */
export const dashboardOf = async (
  config: unknown,
  hass: Hass,
): Promise<object> => {
  const [house] = await Promise.all([
    known(hass),
    loadTexts(hass.language, "cards", "shared"),
  ]);
  const say = (key: string): string => text(hass.language, "cards", key);
  return {
    title: "Encore",
    views: viewsOf(
      {
        ...house,
        players: playersOf(hass).map(({ entity, area }) => ({
          id: entity.entity_id,
          area,
        })),
      },
      config,
      say,
    ),
  };
};
