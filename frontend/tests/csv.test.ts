import assert from "node:assert/strict";
import { test } from "node:test";

import { asCsv } from "../src/csv.ts";
import { asYaml } from "../src/elements/yaml.ts";

test("quotes, commas and lines stay within their cell", () => {
  assert.equal(
    asCsv(
      ["Name", "Plays"],
      [
        ['The "A", B', 3],
        ["two\nlines", null],
      ],
    ),
    'Name,Plays\r\n"The ""A"", B",3\r\n"two\nlines",\r\n',
  );
});

test("a title is no formula for a spreadsheet", () => {
  for (const title of ["=1+1", "+44", "-x", "@home", "\tx", "\rx"])
    assert.match(asCsv(["Name"], [[title]]), /\r\n"?'/);
});

test("numbers below nought are numbers", () => {
  assert.equal(asCsv(["Change"], [[-3]]), "Change\r\n-3\r\n");
});

test("a card is written as YAML that reads back as it was", () => {
  assert.equal(
    asYaml({
      type: "custom:encore-top-card",
      listener: "yes",
      room: "Bad: oben",
      limit: 5,
      of: ["artists", "tracks"],
    }).trimStart(),
    'type: custom:encore-top-card\nlistener: "yes"\nroom: "Bad: oben"\nlimit: 5\nof:\n  - artists\n  - tracks',
  );
});
