/** A year, a month, a day or a moment: local times in ISO form, the end excluded. */
export interface Period {
  readonly start: string;
  readonly end: string;
  readonly isMoment: boolean;
}

/** Reads `2015`, `2015-06`, `2015-06-30` or `2015-06-30T12:00:00`; undefined where that is no time of the calendar. */
export function readPeriod(text: string): Period | undefined {
  const [, year, month = "01", day = "01", time = "00:00:00"] =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d:\d\d))?)?)?$/.exec(text) ?? [];
  const start = `${year}-${month}-${day}T${time}`;
  const date = new Date(`${start}Z`);
  // JavaScript takes the 30th of February for a day of March; before the year 1 databases count differently.
  if (year === undefined || year === "0000" || Number.isNaN(date.getTime()) || written(date) !== start)
    return undefined;
  const isMoment = text.length > 10;
  const end = new Date(date);
  if (isMoment) end.setUTCSeconds(end.getUTCSeconds() + 1);
  else if (text.length > 7) end.setUTCDate(end.getUTCDate() + 1);
  else if (text.length > 4) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCFullYear(end.getUTCFullYear() + 1);
  return { start, end: written(end), isMoment };
}

/** A date as local time, without its zone; years beyond 9999 have a sign and more digits. */
const written = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "");
