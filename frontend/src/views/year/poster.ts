/** A review as one picture, painted here: 1080 by 1350, in the colours of the house's theme. */

import { mixed, type Colours } from "../../elements/colours.ts";
import { hue } from "../../elements/cover.ts";
import { directionOf, fitting, onOneLine } from "./lettering.ts";

export const WIDTH = 1080;
export const HEIGHT = 1350;

const EDGE = 60;
const INNER = WIDTH - 2 * EDGE;
const BAND = 424;

/** What is painted, in words already. */
export interface Poster {
  /** Whose it is. */
  owner: string;
  title: string;
  /** The numbers below the title. */
  numbers: string;
  covers: { name: string; picture: CanvasImageSource | null }[];
  lists: { heading: string; entries: { name: string; more: string }[] }[];
  bars: { label: string; amount: number }[];
  facts: { label: string; value: string }[];
  foot: string;
  /** What stands at the end of the foot. */
  made: string;
}

interface Ink {
  size: number;
  colour: string;
  weight?: number;
  room: number;
  align?: "left" | "right" | "center";
}

/** Paint a review. */
export const paint = (
  context: CanvasRenderingContext2D,
  poster: Poster,
  colours: Colours,
  font: string,
): void => {
  const family = `${font}, "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji"`;

  const write = (text: string, x: number, y: number, ink: Ink): void => {
    context.font = `${ink.weight ?? 400} ${ink.size}px ${family}`;
    context.fillStyle = ink.colour;
    context.textAlign = ink.align ?? "left";
    context.direction = directionOf(text);
    const widthOf = (part: string): number => context.measureText(part).width;
    context.fillText(fitting(text, ink.room, widthOf), x, y);
  };

  const rounded = (
    x: number,
    y: number,
    width: number,
    height: number,
    radius: number,
  ): void => {
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
  };

  const title = (): void => {
    const base = deepened(colours.primary);
    const band = context.createLinearGradient(0, 0, WIDTH, BAND);
    band.addColorStop(0, base);
    band.addColorStop(1, mixed(base, "#000", 0.66));
    context.fillStyle = band;
    context.fillRect(0, 0, WIDTH, BAND);
    context.fillStyle = "rgba(255,255,255,0.07)";
    for (const [x, y, radius] of [
      [960, 40, 250],
      [820, 330, 150],
    ] as const) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
    const white = "#fff";
    write(poster.owner, EDGE, 86, {
      size: 34,
      colour: "rgba(255,255,255,0.85)",
      room: INNER,
    });
    let size = 170;
    const line = onOneLine(poster.title);
    const isWide = (): boolean => {
      context.font = `700 ${size}px ${family}`;
      return context.measureText(line).width > INNER;
    };
    while (size > 56 && isWide()) size -= 6;
    write(line, EDGE - size * 0.04, 176 + size * 0.36, {
      size,
      weight: 700,
      colour: white,
      room: INNER,
    });
    write(poster.numbers, EDGE, 308, { size: 36, colour: white, room: INNER });
  };

  const covers = (y: number): void => {
    const gap = 20;
    const size = (INNER - 4 * gap) / 5;
    poster.covers.slice(0, 5).forEach(({ name, picture }, index) => {
      const x = EDGE + index * (size + gap);
      context.save();
      context.shadowColor = "rgba(0,0,0,0.35)";
      context.shadowBlur = 18;
      context.shadowOffsetY = 6;
      context.fillStyle = `hsl(${hue(name)} 38% 46%)`;
      rounded(x, y, size, size, 16);
      context.fill();
      context.restore();
      context.save();
      rounded(x, y, size, size, 16);
      context.clip();
      if (picture) context.drawImage(picture, x, y, size, size);
      else
        write([...onOneLine(name)][0] ?? "", x + size / 2, y + size / 2 + 28, {
          size: 80,
          weight: 500,
          colour: "rgba(255,255,255,0.85)",
          room: size,
          align: "center",
        });
      context.restore();
    });
  };

  const lists = (y: number): void => {
    const gap = 48;
    const shown = poster.lists
      .filter((list) => list.entries.length)
      .slice(0, 2);
    const width = shown.length > 1 ? (INNER - gap) / 2 : INNER;
    shown.forEach((list, column) => {
      const x = EDGE + column * (width + gap);
      write(list.heading, x, y, {
        size: 26,
        colour: colours.quiet,
        weight: 500,
        room: width,
      });
      list.entries.slice(0, 5).forEach((entry, index) => {
        const below = y + 50 + index * 68;
        write(String(index + 1), x, below + 12, {
          size: 36,
          weight: 700,
          colour: colours.primary,
          room: 44,
        });
        write(entry.name, x + 44, below, {
          size: 29,
          weight: 500,
          colour: colours.text,
          room: width - 44,
        });
        write(entry.more, x + 44, below + 29, {
          size: 21,
          colour: colours.quiet,
          room: width - 44,
        });
      });
    });
  };

  const bars = (y: number, height: number): void => {
    const { bars: all } = poster;
    const most = Math.max(...all.map((bar) => bar.amount), 1);
    const pitch = INNER / Math.max(1, all.length);
    context.font = `400 20px ${family}`;
    const widest = Math.max(
      ...all.map(({ label }) => context.measureText(label).width),
      0,
    );
    const moved = Math.max(0, (widest - pitch) / 2);
    const named = Math.max(1, Math.ceil((widest + moved + 18) / pitch));
    const inside = (x: number): number =>
      Math.min(Math.max(x, EDGE + widest / 2), WIDTH - EDGE - widest / 2);
    all.forEach(({ label, amount }, index) => {
      const x = EDGE + index * pitch;
      const width = Math.max(1, Math.min(64, pitch * 0.72));
      const tall = amount ? Math.max(4, (amount / most) * height) : 2;
      context.fillStyle = amount
        ? mixed(
            colours.primary,
            colours.surface,
            amount === most ? 1 : 0.45 + 0.35 * (amount / most),
          )
        : colours.line;
      rounded(
        x + (pitch - width) / 2,
        y + height - tall,
        width,
        tall,
        Math.min(8, width / 3),
      );
      context.fill();
      if (index % named === 0)
        write(label, inside(x + pitch / 2), y + height + 30, {
          size: 20,
          colour: colours.quiet,
          room: widest + 1,
          align: "center",
        });
    });
  };

  const facts = (y: number): void => {
    const gap = 16;
    const shown = poster.facts.slice(0, 4);
    const width =
      (INNER - (shown.length - 1) * gap) / Math.max(1, shown.length);
    shown.forEach(({ label, value }, index) => {
      const x = EDGE + index * (width + gap);
      context.fillStyle = mixed(colours.primary, colours.surface, 0.1);
      rounded(x, y, width, 112, 16);
      context.fill();
      write(value, x + 20, y + 54, {
        size: 32,
        weight: 500,
        colour: colours.text,
        room: width - 40,
      });
      write(label, x + 20, y + 88, {
        size: 20,
        colour: colours.quiet,
        room: width - 40,
      });
    });
  };

  context.textBaseline = "alphabetic";
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  title();
  if (poster.covers.length) covers(344);
  lists(586);
  bars(966, 116);
  facts(1148);
  write(poster.foot, EDGE, 1312, {
    size: 22,
    colour: colours.quiet,
    room: INNER - 200,
  });
  write(poster.made, WIDTH - EDGE, 1312, {
    size: 22,
    colour: colours.quiet,
    weight: 500,
    room: 190,
    align: "right",
  });
};

/** Return a colour that white can be read on, as near to another as it gets: four and a half times as dark. */
const deepened = (colour: string): string => {
  for (let share = 1; share > 0.2; share -= 0.05) {
    const deep = mixed(colour, "#000", share);
    if (1.05 / (luminance(deep) + 0.05) >= 4.5) return deep;
  }
  return mixed(colour, "#000", 0.2);
};

/** Return how bright a colour is (0 to 1), as WCAG counts it. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(
    (part) => {
      const share = Number(part) / 255;
      return share <= 0.04045
        ? share / 12.92
        : ((share + 0.055) / 1.055) ** 2.4;
    },
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
