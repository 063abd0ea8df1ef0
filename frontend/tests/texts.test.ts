import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../src/texts/", import.meta.url);
const LANGUAGES = ["de", "es", "fr", "nl"];

const read = (language: string, file: string): Record<string, string> =>
  JSON.parse(
    readFileSync(new URL(`${language}/${file}`, FOLDER), "utf8"),
  ) as Record<string, string>;

/** What is filled into a text: `{name}`, and of plurals the name that is counted. */
const gaps = (text: string): string[] =>
  [
    ...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? "")),
  ].toSorted();

for (const language of LANGUAGES)
  for (const file of readdirSync(new URL("en/", FOLDER)))
    test(`${language} says everything of ${file} that English says, with the same gaps`, () => {
      const [english, other] = [read("en", file), read(language, file)];
      assert.deepEqual(Object.keys(other), Object.keys(english));
      for (const [key, text] of Object.entries(english)) {
        const said = other[key] ?? "";
        assert.ok(said.trim(), key);
        // Where a count chooses between two forms, a language may do without.
        const counted = gaps(text).filter((gap) => gap !== "count");
        assert.deepEqual(
          gaps(said).filter((gap) => gap !== "count"),
          counted,
          key,
        );
      }
    });
