import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../src/texts/", import.meta.url);
const LANGUAGES = readdirSync(FOLDER).filter((language) => language !== "en");

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
    test(`${language} says nothing in ${file} that English does not, with the same gaps`, () => {
      if (!existsSync(new URL(`${language}/${file}`, FOLDER))) return;
      const [english, other] = [read("en", file), read(language, file)];
      for (const [key, said] of Object.entries(other)) {
        const text = english[key];
        assert.ok(text !== undefined, key);
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

for (const language of LANGUAGES)
  test(`${language} has no file that English has not`, () => {
    const english = new Set(readdirSync(new URL("en/", FOLDER)));
    const files = readdirSync(new URL(`${language}/`, FOLDER));
    assert.deepEqual(
      files.filter((file) => !english.has(file)),
      [],
    );
  });
