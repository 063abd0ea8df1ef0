import assert from "node:assert/strict";
import { test } from "node:test";

import {
  dateOf,
  dayOf,
  momentOf,
  otherZone,
  shortDayOf,
  shortMomentOf,
  timeOf,
} from "../src/format.ts";
import type { Hass } from "../src/hass.ts";

const hassOf = (home: string, chosen = "local"): Hass =>
  ({
    language: "en",
    locale: {
      language: "en-GB",
      number_format: "language",
      time_format: "24",
      date_format: "language",
      first_weekday: "language",
      time_zone: chosen,
    },
    config: { time_zone: home, country: null },
  }) as unknown as Hass;

/** Where one clock is a day ahead of another. */
const ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Stockholm"];
const NIGHT = "2001-07-13T22:30:00Z";

/** Return the numbers in a text: words and commas are the language's affair. */
const numbers = (text: string): number[] =>
  [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));

test("the time of a play and its day are those of the home, whatever its time zone", () => {
  const shown = ZONES.map((home) => {
    const hass = hassOf(home);
    assert.deepEqual(
      numbers(momentOf(hass, NIGHT)),
      numbers(`${shortDayOf(hass, NIGHT)} ${timeOf(hass, NIGHT)}`),
    );
    return [
      numbers(timeOf(hass, NIGHT)),
      dateOf(hass, NIGHT),
      numbers(dayOf(hass, NIGHT)),
    ];
  });
  assert.deepEqual(shown, [
    [[12, 30], "2001-07-14", [14, 2001]],
    [[11, 30], "2001-07-13", [13, 2001]],
    [[0, 30], "2001-07-14", [14, 2001]],
  ]);
});

test("a date is the same day everywhere", () => {
  for (const home of ZONES) {
    assert.deepEqual(numbers(dayOf(hassOf(home), "2001-07-14")), [14, 2001]);
    assert.deepEqual(
      numbers(shortDayOf(hassOf(home), "2001-07-14")),
      [14, 2001],
    );
  }
});

test("the home's time zone is told where its clock is another, and the own one was expected", () => {
  const at = new Date(NIGHT);
  const stockholm = hassOf("Europe/Stockholm");
  assert.equal(otherZone(stockholm, at, "Europe/Berlin"), null);
  assert.equal(otherZone(stockholm, at, "Europe/London"), "Europe/Stockholm");
  assert.equal(
    otherZone(hassOf("Europe/Stockholm", "server"), at, "Europe/London"),
    null,
  );
});

const NEW_YEAR = new Date("2026-01-01T12:00:00Z");

test("a moment of today is told by its time alone, from midnight at home on", () => {
  const hass = hassOf("Europe/Stockholm");
  assert.equal(shortMomentOf(hass, "2026-01-01T09:05:00Z", NEW_YEAR), "10:05");
  assert.deepEqual(
    numbers(shortMomentOf(hass, "2025-12-31T23:30:00Z", NEW_YEAR)),
    [0, 30],
  );
});

test("a moment of this year has no year, and one of another year no time", () => {
  const hass = hassOf("Europe/Stockholm");
  const later = new Date("2026-03-05T12:00:00Z");
  assert.deepEqual(
    numbers(shortMomentOf(hass, "2026-03-01T09:05:00Z", later)),
    [1, 10, 5],
  );
  assert.deepEqual(
    numbers(shortMomentOf(hass, "2025-12-31T09:05:00Z", later)),
    [31, 2025],
  );
});
