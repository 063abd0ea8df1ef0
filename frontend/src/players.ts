/** Encore's players, as Home Assistant has them: rooms of Sonos, and Spotify accounts. */

import type { EntityState, Hass } from "./hass.ts";

export interface Player {
  entity: EntityState;
  name: string;
  /** The name of the area it is in. */
  area: string | null;
  /** Whether it is a room, which can be grouped with others; else it is an account's player. */
  isRoom: boolean;
}

/** Return Encore's players, by name. */
export const playersOf = (hass: Hass): Player[] =>
  Object.values(hass.entities)
    .filter(
      (entity) =>
        entity.platform === "encore" &&
        entity.entity_id.startsWith("media_player."),
    )
    .flatMap(({ entity_id, device_id, area_id }) => {
      const entity = hass.states[entity_id];
      if (!entity) return [];
      const name = entity.attributes["friendly_name"];
      const area = area_id ?? hass.devices[device_id ?? ""]?.area_id;
      return [
        {
          entity,
          name: typeof name === "string" ? name : entity_id,
          area: hass.areas[area ?? ""]?.name ?? null,
          isRoom: Array.isArray(entity.attributes["group_members"]),
        },
      ];
    })
    .sort((one, other) => one.name.localeCompare(other.name));
