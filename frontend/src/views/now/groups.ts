/** Which rooms play together, and who listens there. */

import type { Player } from "../../players.ts";

/** A play that is under way, as an answer has it. */
export interface Sounding {
  title: string;
  uri: string;
  listener: string;
  rooms: string[];
  device: string | null;
}

export interface Group {
  /** The entity that leads, and is told what to do for all. */
  lead: Player;
  /** All players of it, the lead first. */
  players: Player[];
  /** Who listens, as far as that is known. */
  listeners: string[];
  state: "playing" | "paused" | "quiet" | "away";
}

const STATES: Record<string, Group["state"]> = {
  playing: "playing",
  buffering: "playing",
  paused: "paused",
  unavailable: "away",
  unknown: "away",
};

const ORDER: Group["state"][] = ["playing", "paused", "quiet", "away"];

/** Return the names of a player's own by which plays may call where it is. */
export type CalledBy = (player: Player) => string[];

/**
 * Return the groups of players: what plays comes first. An account whose music sounds in one of the rooms is not shown a
 * second time: its name is known by the listener of what plays there.
 */
export const groupsOf = (
  players: Player[],
  sounding: Sounding[],
  calledBy: CalledBy,
): Group[] => {
  const byId = new Map(players.map((each) => [each.entity.entity_id, each]));
  const rooms = players.filter((each) => each.isRoom);
  const groups: Group[] = [];
  for (const room of rooms) {
    const members = membersOf(room).flatMap((id) => byId.get(id) ?? []);
    const [first = room] = members;
    if (first !== room) continue;
    groups.push(grouped(members.length ? members : [room], sounding, calledBy));
  }
  const roomNames = new Set(
    groups
      .filter((group) => group.state === "playing" || group.state === "paused")
      .flatMap((group) => group.players)
      .flatMap((player) => calledBy(player)),
  );
  for (const account of players.filter((each) => !each.isRoom)) {
    const source = account.entity.attributes["source"];
    if (typeof source === "string" && roomNames.has(source)) continue;
    groups.push(grouped([account], sounding, calledBy));
  }
  return groups.sort(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state),
  );
};

const membersOf = (room: Player): string[] => {
  const members = room.entity.attributes["group_members"];
  return Array.isArray(members) ? members.map(String) : [];
};

const grouped = (
  players: [Player, ...Player[]] | Player[],
  sounding: Sounding[],
  calledBy: CalledBy,
): Group => {
  const [lead] = players as [Player, ...Player[]];
  const state = STATES[lead.entity.state] ?? "quiet";
  const names = new Set(players.flatMap((player) => calledBy(player)));
  const playing =
    state === "playing" || state === "paused"
      ? sounding.filter((play) =>
          lead.isRoom
            ? play.rooms.some((room) => names.has(room)) ||
              (play.device !== null && names.has(play.device))
            : play.uri === lead.entity.attributes["media_content_id"],
        )
      : [];
  return {
    lead,
    players,
    listeners: [...new Set(playing.map((play) => play.listener))],
    state,
  };
};

/** Return which rooms must join and which must leave, so that a group is of those that were chosen. */
export const changes = (
  group: string[],
  chosen: ReadonlySet<string>,
): { join: string[]; leave: string[] } => ({
  join: [...chosen].filter((id) => !group.includes(id)),
  leave: group.filter((id) => !chosen.has(id)),
});
