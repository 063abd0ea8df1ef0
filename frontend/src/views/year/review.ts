/** Reviews of years and of other windows, from what questions answer. */

import { everyStep } from "../../drawings/steps.ts";
import type { Review, WindowAnswers, YearAnswer } from "./answers.ts";

/** Return the twelve months of a year, with those in which nothing was played. */
const monthsOf = (answer: YearAnswer): Review["steps"] =>
  Array.from({ length: 12 }, (_, index) => {
    const start = `${answer.year}-${String(index + 1).padStart(2, "0")}`;
    const month = answer.months.find((each) => each.month === start);
    return {
      start,
      play_count: month?.play_count ?? 0,
      minutes: month?.minutes ?? 0,
      track: month?.top_track ?? null,
    };
  });

/** Return the review of a year. */
export const reviewOfYear = (answer: YearAnswer): Review => ({
  ...answer,
  step: "month",
  steps: monthsOf(answer),
  biggestDay: answer.biggest_day,
  streak: answer.longest_streak,
  session: answer.longest_session,
  firstPlay: answer.first_play,
  repeated: answer.most_repeated_in_a_day,
  newArtists: answer.new_artists,
  newFavourite: answer.new_favorite,
  knownYears: answer.favorites_known_years,
  before: answer.before.play_count ? answer.before : null,
  changePercent: answer.change_percent,
});

/** Return the review of a window that is no year. Its first play and what was repeated in a day are told of years alone. */
export const reviewOfWindow = (
  { taste, time, timeline, streaks, sessions, discoveries }: WindowAnswers,
  now = new Date(),
): Review => ({
  ...taste,
  total: time.total,
  speech: taste.speech,
  year: null,
  step: timeline.step,
  steps: everyStep(timeline, { now }),
  biggestDay: time.longest_day,
  streak: streaks.streaks[0] ?? null,
  session: sessions.longest,
  firstPlay: null,
  repeated: null,
  newArtists: discoveries.new,
  newFavourite: discoveries.discoveries[0] ?? null,
  knownYears: null,
  before: taste.before?.play_count ? taste.before : null,
  changePercent: taste.change_percent,
});
