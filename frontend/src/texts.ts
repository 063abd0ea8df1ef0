/** What the pages say, in the language of the person who looks; English where a text is missing. */

import english from "./texts/en/shared.json" with { type: "json" };

type Texts = Record<string, string>;

/** The parts of the front end; each has a file of texts, which is loaded with it. */
export type Part =
  | "shared"
  | "now"
  | "history"
  | "insights"
  | "year"
  | "import"
  | "manage"
  | "cards";

const files = import.meta.glob<{ default: Texts }>("./texts/*/*.json");
const loaded = new Map<string, Texts>([["en/shared", english]]);

/** Load the texts of a part, before it is shown; a language without them speaks English. */
export const loadTexts = async (
  language: string,
  ...parts: Part[]
): Promise<void> => {
  const wanted = new Set(["en", language, language.split("-")[0] ?? "en"]);
  await Promise.all(
    [...wanted].flatMap((each) =>
      parts.map(async (part) => {
        const name = `${each}/${part}`;
        const file = files[`./texts/${name}.json`];
        if (file && !loaded.has(name)) loaded.set(name, (await file()).default);
      }),
    ),
  );
};

/**
 * Return a text by its part and key, with its gaps filled in: `{name}` by a value, and `{count|play|plays}` by one of two
 * forms (as the language's rules for plurals choose between “one” and the rest).
 */
export const text = (
  language: string,
  part: Part,
  key: string,
  values: Record<string, string | number> = {},
): string => {
  const short = language.split("-")[0] ?? "en";
  const found =
    loaded.get(`${language}/${part}`)?.[key] ??
    loaded.get(`${short}/${part}`)?.[key] ??
    loaded.get(`en/${part}`)?.[key] ??
    key;
  return found.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, other?: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (one === undefined || other === undefined) return String(value);
      const rule = new Intl.PluralRules(language).select(Number(value));
      return rule === "one" ? one : other;
    },
  );
};
