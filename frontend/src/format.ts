/**
 * Numbers, days and times in the words of the person who looks. All times are those of the home, as the days and windows of
 * answers are: a play shown at one in the morning is one of that day, wherever it is looked at.
 */

import type { Hass, Locale } from "./hass.ts";

const numberLanguage = (locale: Locale): string | undefined => {
  switch (locale.number_format) {
    case "comma_decimal":
      return "en-US";
    case "decimal_comma":
      return "de";
    case "space_comma":
      return "fr";
    case "quote_decimal":
      return "de-CH";
    case "system":
      return undefined;
    default:
      return locale.language;
  }
};

const hour12 = (locale: Locale): boolean | undefined =>
  locale.time_format === "12"
    ? true
    : locale.time_format === "24"
      ? false
      : undefined;

type Made = Intl.DateTimeFormat | Intl.NumberFormat;
const made = new Map<string, Made>();

/** Making a format takes a hundred times as long as using it. */
const cached = <F extends Made>(key: string, make: () => F): F => {
  const found = made.get(key) as F | undefined;
  if (found) return found;
  const format = make();
  made.set(key, format);
  return format;
};

const inForm = (
  hass: Hass,
  moment: Date,
  form: Intl.DateTimeFormatOptions,
): string => {
  const { locale } = hass;
  const options: Intl.DateTimeFormatOptions = {
    timeZone: hass.config.time_zone,
    ...form,
  };
  const twelve = hour12(locale);
  if (twelve !== undefined && (form.hour || form.timeStyle))
    options.hour12 = twelve;
  const key = JSON.stringify([locale.language, options]);
  return cached(
    key,
    () => new Intl.DateTimeFormat(locale.language, options),
  ).format(moment);
};

/** Return a number with its groups, such as 12,345. */
export const inDigits = (hass: Hass, value: number, digits = 0): string =>
  cached(
    `${numberLanguage(hass.locale)} ${digits}`,
    () =>
      new Intl.NumberFormat(numberLanguage(hass.locale), {
        maximumFractionDigits: digits,
      }),
  ).format(value);

/** Return a share of one as a percentage. */
export const inPercent = (hass: Hass, share: number): string =>
  cached(
    `${numberLanguage(hass.locale)} %`,
    () =>
      new Intl.NumberFormat(numberLanguage(hass.locale), {
        style: "percent",
        maximumFractionDigits: 0,
      }),
  ).format(share);

const aUnit = (
  hass: Hass,
  value: number,
  unit: "hour" | "minute" | "second" | "day",
): string =>
  cached(
    `${hass.locale.language} ${unit}`,
    () =>
      new Intl.NumberFormat(hass.locale.language, {
        style: "unit",
        unit,
        unitDisplay: "short",
        maximumFractionDigits: 0,
      }),
  ).format(value);

/** Return minutes as hours and minutes: “3 hr 5 min”, from a hundred hours on as hours alone. */
export const inHours = (hass: Hass, minutes: number): string => {
  const whole = Math.round(minutes);
  if (whole < 60) return aUnit(hass, whole, "minute");
  if (whole >= 6000) return aUnit(hass, Math.round(whole / 60), "hour");
  const rest = whole % 60;
  const hours = aUnit(hass, Math.floor(whole / 60), "hour");
  return rest ? `${hours} ${aUnit(hass, rest, "minute")}` : hours;
};

/** Return seconds as a player shows them: 3:05. */
export const asPosition = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  const hours = Math.floor(whole / 3600);
  return hours
    ? [hours, ...parts].join(":")
    : parts.join(":").replace(/^0/, "");
};

/** Return the time of the day of a moment (ISO 8601). */
export const timeOf = (hass: Hass, moment: string | Date): string =>
  inForm(hass, new Date(moment), { hour: "numeric", minute: "2-digit" });

/** Return the day of a moment, or a date (2026-07-14), in words, with the year where it is another than this. */
export const dayOf = (hass: Hass, moment: string | Date): string =>
  aDay(hass, moment, { weekday: "long", day: "numeric", month: "long" });

/** Return a stretch of days by its first and last (2026-07-14), each named once: “1 – 23 November 2026”. */
export const daysBetween = (
  hass: Hass,
  first: string,
  last: string,
): string => {
  const { language } = hass.locale;
  const format = cached(
    `${language} days`,
    () =>
      new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }),
  );
  return format.formatRange(
    new Date(`${first}T12:00Z`),
    new Date(`${last}T12:00Z`),
  );
};

/** Return day and time of a moment, short. */
export const momentOf = (hass: Hass, moment: string | Date): string =>
  inForm(hass, new Date(moment), { dateStyle: "medium", timeStyle: "short" });

/** Return the day of a moment, or a date (2026-07-14), short: without a year in this one. */
export const shortDayOf = (hass: Hass, moment: string | Date): string =>
  aDay(hass, moment, { day: "numeric", month: "short" });

const aDay = (
  hass: Hass,
  moment: string | Date,
  form: Intl.DateTimeFormatOptions,
): string => {
  const isDate = typeof moment === "string" && moment.length === 10;
  const date = isDate ? moment : dateOf(hass, moment);
  return inForm(hass, new Date(`${date}T12:00Z`), {
    ...form,
    timeZone: "UTC",
    ...(date.startsWith(thisYear(hass)) ? {} : { year: "numeric" }),
  });
};

/** Return a moment as short as it can be: without a day today, without a year in this one, and else without the time. */
export const shortMomentOf = (
  hass: Hass,
  moment: string | Date,
  now = new Date(),
): string => {
  const day = dateOf(hass, moment);
  const today = dateOf(hass, now);
  if (day === today) return timeOf(hass, moment);
  const thisYear = day.slice(0, 4) === today.slice(0, 4);
  return inForm(hass, new Date(moment), {
    day: "numeric",
    month: "short",
    ...(thisYear
      ? { hour: "numeric", minute: "2-digit" }
      : { year: "numeric" }),
  });
};

/** Return the name of a month (1 to 12). */
export const monthName = (
  hass: Hass,
  month: number,
  form: "long" | "short" = "long",
): string =>
  inForm(hass, new Date(Date.UTC(2024, month - 1, 1, 12)), {
    month: form,
    timeZone: "UTC",
  });

/** Return the name of a weekday, 0 for Monday. */
export const weekdayName = (
  hass: Hass,
  weekday: number,
  form: "long" | "short" = "short",
): string =>
  inForm(hass, new Date(Date.UTC(2024, 0, 1 + weekday, 12)), {
    weekday: form,
    timeZone: "UTC",
  });

/** Return the local date of a moment as it stands in an address: 2026-07-14. */
export const dateOf = (hass: Hass, moment: string | Date): string => {
  const parts = cached(
    `date ${hass.config.time_zone}`,
    () =>
      new Intl.DateTimeFormat("en-CA", {
        timeZone: hass.config.time_zone,
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
      }),
  );
  return parts.format(new Date(moment));
};

/** Return this year as it is in the home. */
export const thisYear = (hass: Hass): string =>
  dateOf(hass, new Date()).slice(0, 4);

/**
 * Return the time zone of the home where its clock is another than that of who looks, who is used to times of their own;
 * null where there is nothing to say.
 */
export const otherZone = (
  hass: Hass,
  moment = new Date(),
  here = Intl.DateTimeFormat().resolvedOptions().timeZone,
): string | null => {
  const { time_zone: home } = hass.config;
  if (hass.locale.time_zone !== "local") return null;
  const clock = (timeZone: string): string =>
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      dateStyle: "short",
      timeStyle: "short",
    }).format(moment);
  return clock(home) === clock(here) ? null : home;
};

/** Return the name of an hour of the day (0 to 23): 20:00, or 8 PM. */
export const hourName = (hass: Hass, hour: number): string => {
  const twelve = hour12(hass.locale);
  return inForm(hass, new Date(Date.UTC(2024, 0, 1, hour)), {
    timeZone: "UTC",
    hour: "numeric",
    ...(uses12(hass.locale, twelve) ? {} : { minute: "2-digit" }),
  });
};

const uses12 = (locale: Locale, chosen: boolean | undefined): boolean =>
  chosen ??
  cached(
    `${locale.language} hours`,
    () => new Intl.DateTimeFormat(locale.language, { hour: "numeric" }),
  ).resolvedOptions().hour12 === true;

/**
 * Return the name of a step of a timeline by its start, which is local already: 2026, 2026-07, 2026-07-14 or
 * 2026-07-14T20:00. The short one leaves out the year where it is this one.
 */
export const stepName = (
  hass: Hass,
  start: string,
  step: "hour" | "day" | "week" | "month" | "year",
  form: "long" | "short" = "short",
): string => {
  if (step === "year") return start;
  const [date = "", time = "00:00"] = start.split("T");
  const moment = new Date(`${date.padEnd(10, "-01")}T${time}:00Z`);
  const long = form === "long";
  const year = date.slice(0, 4) !== thisYear(hass);
  // Beside each other, hours have their day once, at midnight.
  if (step === "hour" && !long && time !== "00:00")
    return inForm(hass, moment, {
      timeZone: "UTC",
      hour: "numeric",
      minute: "2-digit",
    });
  return inForm(hass, moment, {
    timeZone: "UTC",
    month: long ? "long" : "short",
    ...(long || year ? { year: "numeric" } : {}),
    ...(step === "month" ? {} : { day: "numeric" }),
    ...(step === "day" && long ? { weekday: "long" } : {}),
    ...(step === "hour" && long ? { hour: "numeric", minute: "2-digit" } : {}),
  });
};

/** Return a name that turns no text around it: some scripts run from right to left. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;
