/** When numbers are the least that it was. */

import type { Answer } from "./answers.ts";

/** How much of a window may be missing before its numbers are the least that it was; as the sentences of answers have it. */
const WORTH_A_WORD = 0.05;

/** Return whether more was played than an answer knows of. */
export const isAtLeast = (answer: Answer): boolean => {
  const { name, start, coverage: covered } = answer.time_range;
  const begins = answer.recorded_from;
  return (
    1 - covered >= WORTH_A_WORD ||
    (name !== "all_time" && !!begins && Date.parse(begins) > Date.parse(start))
  );
};
