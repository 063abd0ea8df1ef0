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

const AWAY = new Set(["unavailable", "unknown"]);

/** Return whether a player can be told to do something. */
export const isThere = ({ entity }: Player): boolean => !AWAY.has(entity.state);

/** Return what plays call the room of a player: its area, else a speaker's own name; null for an account's player. */
export const roomOf = ({ area, isRoom, name }: Player): string | null =>
  area ?? (isRoom ? name : null);

/** Return the player on which something sounds: one in its rooms, else one that shows its title. */
export const playerOf = (
  players: Player[],
  { rooms, title }: { rooms: string[]; title: string },
): Player | undefined => {
  const able = players.filter(isThere);
  const isIn = (player: Player): boolean => {
    const room = roomOf(player);
    return room !== null && rooms.includes(room);
  };
  const titled = able.filter(
    ({ entity }) => entity.attributes["media_title"] === title,
  );
  return (
    titled.find(isIn) ??
    titled[0] ??
    able.find((each) => isIn(each) && each.entity.state === "playing")
  );
};

/** Return the names of where something can be played: rooms, and the devices of the accounts. */
export const placesOf = (hass: Hass): string[] => {
  const players = playersOf(hass);
  const rooms = players.filter(({ isRoom }) => isRoom);
  const devices = players
    .filter((player) => !player.isRoom)
    .flatMap(({ entity }) => entity.attributes["source_list"] ?? [])
    .map(String);
  return [...new Set([...rooms.map(({ name }) => name), ...devices])];
};

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
