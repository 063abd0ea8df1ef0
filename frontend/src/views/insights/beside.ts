/** Two lists of what was heard most, as one. */

import { sizeOf, type By } from "../../drawings/answers.ts";
import type { Total } from "../../drawings/answers.ts";

interface Named extends Total {
  name: string;
}

export interface Beside {
  name: string;
  /** Null where it is not known: it is not among the most of that list, which was cut. */
  mine: Total | null;
  other: Total | null;
}

const NONE: Total = { play_count: 0, minutes: 0 };

/** Return everything of two lists that were cut at `limit`, what was most in the first or else in the second at the top. */
export const beside = (
  mine: Named[],
  other: Named[],
  by: By,
  limit: number,
): Beside[] => {
  const absent = (list: Named[]): Total | null =>
    list.length < limit ? NONE : null;
  const found = (list: Named[], name: string): Total | null =>
    list.find((each) => each.name === name) ?? absent(list);
  const names = new Set([...mine, ...other].map((each) => each.name));
  return [...names]
    .map((name) => ({
      name,
      mine: found(mine, name),
      other: found(other, name),
    }))
    .sort(
      (one, two) =>
        (two.mine ? sizeOf(two.mine, by) : 0) -
          (one.mine ? sizeOf(one.mine, by) : 0) ||
        (two.other ? sizeOf(two.other, by) : 0) -
          (one.other ? sizeOf(one.other, by) : 0),
    );
};
