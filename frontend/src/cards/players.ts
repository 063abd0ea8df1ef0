/** Encore's players and the areas they are in, as Home Assistant knows them. */

import type { EntityState, Hass } from "../hass.ts";

export interface Player {
  id: string;
  /** The name of its area; null where it has none. */
  area: string | null;
}

const HIDDEN = new Set(["unavailable", "unknown"]);

/** Return Encore's players, in the order of their ids. */
export const playersOf = (hass: Hass): Player[] =>
  Object.values(hass.entities)
    .filter(
      ({ entity_id, platform }) =>
        platform === "encore" && entity_id.startsWith("media_player."),
    )
    .map(({ entity_id, device_id, area_id }) => {
      const area = area_id ?? hass.devices[device_id ?? ""]?.area_id;
      return { id: entity_id, area: hass.areas[area ?? ""]?.name ?? null };
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));

/** Return the state of a player that can be told to do something; nothing where it cannot. */
export const stateOf = (
  hass: Hass,
  player: Player,
): EntityState | undefined => {
  const state = hass.states[player.id];
  return state && !HIDDEN.has(state.state) ? state : undefined;
};

/** Return the player on which something sounds: one in its rooms, else one that shows its title. */
export const playerOf = (
  hass: Hass,
  players: Player[],
  { rooms, title }: { rooms: string[]; title: string },
): EntityState | undefined => {
  const able = players.flatMap((player) => {
    const state = stateOf(hass, player);
    return state ? [{ ...player, state }] : [];
  });
  const titled = able.filter(
    ({ state }) => state.attributes["media_title"] === title,
  );
  const found =
    titled.find(({ area }) => area !== null && rooms.includes(area)) ??
    titled[0] ??
    able.find(
      ({ area, state }) =>
        area !== null && rooms.includes(area) && state.state === "playing",
    );
  return found?.state;
};
