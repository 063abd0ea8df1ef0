/** Which steps of a timeline lie in gaps of the record. */

import type { StepName } from "../../drawings/steps.ts";
import type { Gap } from "./answers.ts";

/** A gap of less than this share of what is drawn cannot be seen. */
const SEEN = 0.005;

/** Return the first and last step of each gap of a window that is wide enough to be seen. */
export const gapsOf = (
  range: { gaps: Gap[] },
  steps: { start: string }[],
  step: StepName,
): [number, number][] => {
  const at = (moment: string): number => {
    const local = moment.slice(0, step === "hour" ? 13 : 10);
    return steps.findLastIndex(
      (each) => each.start.slice(0, local.length) <= local,
    );
  };
  const least = Math.max(1, steps.length * SEEN);
  return range.gaps
    .map((gap): [number, number] => [Math.max(0, at(gap.start)), at(gap.end)])
    .filter(([from, until]) => until - from >= least);
};
