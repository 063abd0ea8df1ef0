/** Where an axis of minutes is marked. */

/** Minutes between two marks of an axis: what a clock counts by. */
const MARKS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3000];

/** Return how far apart the marks of an axis of minutes are that reaches to `most`. */
export const markEvery = (most: number): number => {
  const wanted = most / 4;
  const found = MARKS.find((each) => each >= wanted);
  if (found) return found;
  const ten = 600 * 10 ** Math.floor(Math.log10(wanted / 600));
  return (
    [ten, 2 * ten, 5 * ten, 10 * ten].find((each) => each >= wanted) ?? ten
  );
};
