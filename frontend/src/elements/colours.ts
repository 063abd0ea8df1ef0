/** The colours of the theme of now, as ECharts takes them: it reads no CSS variables. */

export interface Colours {
  text: string;
  quiet: string;
  line: string;
  surface: string;
  primary: string;
  accent: string;
  error: string;
  /** For several things beside each other. */
  series: string[];
}

const context = document.createElement("canvas").getContext("2d", {
  willReadFrequently: true,
});

/** Return red, green and blue (0 to 255) of any colour that CSS knows; one that can be seen through lies on another. */
const parts = (colour: string, below = "#7f7f7f"): [number, number, number] => {
  if (!context) return [127, 127, 127];
  context.clearRect(0, 0, 1, 1);
  for (const each of [below, colour]) {
    context.fillStyle = each;
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
};

/** Return a colour between two: `share` of the first. */
export const mixed = (one: string, other: string, share: number): string => {
  const [first, second] = [parts(one), parts(other)];
  const [red, green, blue] = first.map((part, index) =>
    Math.round(part * share + (second[index] ?? 0) * (1 - share)),
  );
  return `rgb(${red},${green},${blue})`;
};

/** Return the colours of the theme at an element. */
export const coloursAt = (element: Element): Colours => {
  const style = getComputedStyle(element);
  const of = (name: string, usual: string, below?: string): string => {
    const [red, green, blue] = parts(
      style.getPropertyValue(name).trim() || usual,
      below,
    );
    return `rgb(${red},${green},${blue})`;
  };
  const primary = of("--primary-color", "#03a9f4");
  const surface = of(
    "--ha-card-background",
    style.getPropertyValue("--card-background-color").trim() || "#fff",
  );
  return {
    text: of("--primary-text-color", "#212121"),
    quiet: of("--secondary-text-color", "#727272"),
    line: of("--divider-color", "#e0e0e0", surface),
    surface,
    primary,
    accent: of("--accent-color", "#ff9800"),
    error: of("--error-color", "#db4437"),
    series: [
      primary,
      of("--accent-color", "#ff9800"),
      of("--success-color", "#43a047"),
      of("--purple-color", "#926bc7"),
      of("--teal-color", "#009688"),
      of("--pink-color", "#e91e63"),
    ],
  };
};
