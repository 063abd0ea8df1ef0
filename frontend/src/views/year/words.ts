/** A review in words: for its page, and for its picture. */

import { inAmount } from "../../drawings/amount.ts";
import type { Ranked } from "../../elements/ranking.ts";
import {
  inDigits,
  inHours,
  inPercent,
  isolated,
  monthName,
  shortDayOf,
  stepName,
  timeOf,
} from "../../format.ts";
import type { Hass } from "../../hass.ts";
import { lastDayOf } from "../../windows.ts";
import { isAtLeast } from "../insights/at_least.ts";
import type { Review } from "./answers.ts";
import type { Poster } from "./poster.ts";

export type Say = (
  key: string,
  values?: Record<string, string | number>,
) => string;

export interface Fact {
  label: string;
  value: string;
  more?: string;
  /** What it is about, if it has a picture. */
  of?: { name: string; uri: string | null; artist: string | null };
}

const aDay = (hass: Hass, date: string): string => stepName(hass, date, "day");

/** Return what a review is called. */
export const titleOf = (hass: Hass, say: Say, review: Review): string => {
  const { name, start, end } = review.time_range;
  if (review.year !== null) return String(review.year);
  const known = name && say(`window_${name}`);
  if (known && known !== `window_${name}`) return known;
  const from = aDay(hass, start.slice(0, 10));
  const until = aDay(hass, lastDayOf(end));
  return from === until ? from : say("from_until", { from, until });
};

/** Return for how long it was listened, with “at least” where more was heard than is known. */
export const timeOfAll = (hass: Hass, say: Say, review: Review): string => {
  const time = inHours(hass, review.total.minutes);
  return isAtLeast(review) ? say("at_least_so_long", { time }) : time;
};

/** Return how it compares with the time before; empty where that is not known. */
export const comparison = (hass: Hass, say: Say, review: Review): string => {
  const { before, changePercent: change } = review;
  if (!before || change === null) return "";
  const percent = inPercent(hass, Math.abs(change) / 100);
  const how = change > 0 ? "more" : change < 0 ? "less" : "same";
  if (review.year !== null) {
    const soFar = before.end.slice(0, 4) === before.start.slice(0, 4);
    return say(`${how}_than_${soFar ? "so_far_in" : "in"}`, {
      percent,
      year: String(review.year - 1),
    });
  }
  const from = aDay(hass, before.start.slice(0, 10));
  const until = aDay(hass, lastDayOf(before.end));
  return say(`${how}_than`, { percent, from, until });
};

/** Return what is worth telling of a review. */
export const factsOf = (hass: Hass, say: Say, review: Review): Fact[] => {
  const { biggestDay, streak, session, firstPlay, repeated, newFavourite } =
    review;
  const facts: (Fact | null)[] = [
    biggestDay && {
      label: say("biggest_day"),
      value: aDay(hass, biggestDay.date),
      more: say("plays_and_time", {
        plays: inAmount(hass, biggestDay.play_count, "plays"),
        time: inHours(hass, biggestDay.minutes),
      }),
    },
    streak && {
      label: say("longest_streak"),
      value: say("days", {
        number: inDigits(hass, streak.days),
        count: streak.days,
      }),
      more:
        streak.days > 1
          ? say("from_until", {
              from: aDay(hass, streak.first),
              until: aDay(hass, streak.last),
            })
          : aDay(hass, streak.first),
    },
    session && {
      label: say("longest_session"),
      value: inHours(hass, session.minutes),
      more: say("day_from_until", {
        day: shortDayOf(hass, session.start),
        from: timeOf(hass, session.start),
        until: timeOf(hass, session.end),
      }),
    },
    {
      label: say("new_artists"),
      value: inDigits(hass, review.newArtists),
      ...(newFavourite
        ? {
            more: say("most_of_all", { name: isolated(newFavourite.name) }),
            of: {
              name: newFavourite.name,
              uri: null,
              artist: newFavourite.name,
            },
          }
        : {}),
    },
    firstPlay && {
      label: say("first_play"),
      value: firstPlay.title,
      more: say("by_on", {
        artist: isolated(firstPlay.artists.join(", ")),
        day: shortDayOf(hass, firstPlay.started_at),
        time: timeOf(hass, firstPlay.started_at),
      }),
      of: { name: firstPlay.title, uri: firstPlay.uri, artist: null },
    },
    repeated && {
      label: say("repeated"),
      value: repeated.name,
      more: say("plays_on", {
        plays: inAmount(hass, repeated.play_count, "plays"),
        day: aDay(hass, repeated.date),
      }),
      of: { name: repeated.name, uri: repeated.uri, artist: null },
    },
    {
      label: say("days_with_plays"),
      value: inDigits(hass, review.days),
      more: say("a_day", {
        time: inHours(hass, review.total.minutes / Math.max(1, review.days)),
      }),
    },
    // Of the first weeks there is nothing to tell.
    review.knownYears === null || review.knownYears < 0.05
      ? null
      : {
          label: say("known_for"),
          value: say("years", {
            number: inDigits(hass, review.knownYears, 1),
            count: review.knownYears,
          }),
          more: say("known_for_more"),
        },
  ];
  return facts.filter((fact) => fact !== null);
};

/** Return a review as words for a picture; the pictures of its covers come beside them. */
export const posterOf = (
  hass: Hass,
  say: Say,
  review: Review,
  owner: string,
): Omit<Poster, "covers"> => {
  const entries = (
    list: Ranked[] | undefined,
  ): { name: string; more: string }[] =>
    (list ?? []).map((each) => ({
      name: each.name,
      more:
        each.artist === each.name
          ? say("plays_and_time", {
              plays: inAmount(hass, each.play_count, "plays"),
              time: inHours(hass, each.minutes),
            })
          : say("artist_and_plays", {
              artist: each.artist,
              plays: inAmount(hass, each.play_count, "plays"),
            }),
    }));
  const { artists, tracks, shows, rooms } = review.top;
  const lists = [
    { heading: say("top_artists"), entries: entries(artists) },
    { heading: say("top_tracks"), entries: entries(tracks) },
    { heading: say("top_shows"), entries: entries(shows) },
    { heading: say("top_rooms"), entries: entries(rooms) },
  ];
  return {
    owner,
    title: titleOf(hass, say, review),
    numbers: say("numbers", {
      time: timeOfAll(hass, say, review),
      plays: inAmount(hass, review.total.play_count, "plays"),
      artists: say("count_artists", {
        number: inDigits(hass, review.different.artists ?? 0),
        count: review.different.artists ?? 0,
      }),
    }),
    lists,
    bars: review.steps.map((each) => ({
      label:
        review.step === "month" && review.year !== null
          ? monthName(hass, Number(each.start.slice(5, 7)), "short")
          : stepName(hass, each.start, review.step),
      amount: each.play_count,
    })),
    facts: factsOf(hass, say, review),
    foot: comparison(hass, say, review),
    made: say("made_with"),
  };
};
