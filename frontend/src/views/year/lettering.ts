/** Texts of any script as they are painted: without what would spill over into others, and no wider than their place. */

/** What steers the direction of all that follows, breaks lines, or cannot be seen. */
const STEERING = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g;
const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;

/** Return a text on one line, without signs that steer what is around it. */
export const onOneLine = (text: string): string =>
  text.replace(STEERING, " ").replace(/\s+/g, " ").trim();

/** Return the direction of a text: that of its first letter. */
export const directionOf = (text: string): "ltr" | "rtl" => {
  const letter = LETTER.exec(text)?.[0];
  return letter && RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr";
};

/** Return a text, or as many of its characters as fit with dots behind them. A character that is made of several signs stays whole. */
export const fitting = (
  text: string,
  room: number,
  widthOf: (text: string) => number,
): string => {
  const line = onOneLine(text);
  if (widthOf(line) <= room) return line;
  const characters = [
    ...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(line),
  ].map(({ segment }) => segment);
  let [fits, fitsNot] = [0, characters.length];
  const upTo = (count: number): string =>
    `${characters.slice(0, count).join("").trimEnd()}…`;
  while (fitsNot - fits > 1) {
    const middle = (fits + fitsNot) >> 1;
    if (widthOf(upTo(middle)) <= room) fits = middle;
    else fitsNot = middle;
  }
  return upTo(fits);
};
