// Writes the public holidays that calendars can keep, a file for each country: node generate.mjs FOLDER
//
// The data is not ours: see the NOTICE that is written beside it. Only holidays on which a country or region is closed by
// law are kept, days off in lieu included; half days are not. Lines of a file are described in HolidayTable.cs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const FIRST_YEAR = 2015;
const LAST_YEAR = 2040;
const DAY = 24 * 60 * 60 * 1000;
const FEWEST_LINES = 3;

// Where customers of software companies commonly are. Another one takes its code here.
const COUNTRIES = (
  'AE AR AT AU BE BG BR CA CH CL CN CO CR CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KE KR LT LU LV ' +
  'MA MT MX MY NG NL NO NZ PA PE PH PK PL PT RO RS SA SE SG SI SK TH TR TW UA US UY VN ZA'
).split(' ');

const require = createRequire(import.meta.url);
const Holidays = require('date-holidays');
const { version } = require('date-holidays/package.json');
const corrections = JSON.parse(readFileSync(new URL('corrections.json', import.meta.url), 'utf8'));
const names = new Holidays();
const folder = process.argv[2];

/** English as the country writes it, else any. */
const languagesOf = (country) => (country === 'US' ? ['en-us', 'en'] : ['en']);

const isoOf = (time) => new Date(time).toISOString().slice(0, 10);

/** All whole days of a holiday; none for half a day. Lengths that are no whole days (three and a half) are cut. */
function datesOf(holiday) {
  const length = Math.floor((holiday.end - holiday.start) / DAY + 0.05);
  const first = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length }, (_, at) => isoOf(first + at * DAY));
}

function isKept(holiday, country) {
  if (holiday.type === 'public') return true;
  return holiday.type === 'bank' && holiday.substitute && corrections.substitutesKeptAsBankHolidays.countries.includes(country);
}

/** Every date and name of a place, as "date\tname". */
function daysOf(country, region) {
  // Of all types, though two are kept: asked for less, the package leaves out public holidays, too (St. Patrick's Day).
  const calendar = new Holidays(country, region, { languages: languagesOf(country) });
  const days = new Set();
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const holiday of calendar.getHolidays(year)) {
      if (!isKept(holiday, country)) continue;
      const name = holiday.name.replace(/\s+/g, ' ').trim();
      // A holiday of several days, or in lieu, may reach into another year, whose own list then has it or not.
      for (const date of datesOf(holiday)) days.add(`${date}\t${name}`);
    }
  }
  for (const { country: of, region: part, date, name } of corrections.add) {
    if (of === country && (part === undefined || part === region)) days.add(`${date}\t${name}`);
  }
  for (const { country: of, date, name } of corrections.remove) {
    if (of === country) days.delete(`${date}\t${name}`);
  }
  return [...days].filter((day) => day.slice(0, 4) >= FIRST_YEAR && day.slice(0, 4) <= LAST_YEAR);
}

function linesOf(country) {
  const regions = names.getStates(country, 'en') ?? {};
  const places = ['-', ...Object.keys(regions).sort()];
  const placesOfDay = new Map();
  for (const place of places) {
    for (const day of daysOf(country, place === '-' ? undefined : place)) {
      placesOfDay.set(day, [...(placesOfDay.get(day) ?? []), place]);
    }
  }

  const datesOfLine = new Map();
  for (const [day, where] of placesOfDay) {
    const [date, name] = day.split('\t');
    const line = `day\t${where.length === places.length ? '*' : where.join(' ')}\t${name}`;
    datesOfLine.set(line, [...(datesOfLine.get(line) ?? []), date]);
  }

  const days = [...datesOfLine].map(([line, dates]) => `${line}\t${dates.sort().join(' ')}`).sort();
  if (days.length < FEWEST_LINES) throw new Error(`${country} has only ${days.length} holidays: the package has changed.`);
  return [
    `country\t${country}\t${names.getCountries('en')[country]}`,
    `years\t${FIRST_YEAR}\t${LAST_YEAR}`,
    ...Object.entries(regions).sort(([, a], [, b]) => a.localeCompare(b, 'en')).map(([code, name]) => `region\t${code}\t${name}`),
    ...days,
  ];
}

mkdirSync(folder, { recursive: true });
for (const country of COUNTRIES) {
  const head = `# From date-holidays ${version}, Creative Commons Attribution-ShareAlike 3.0; see NOTICE beside this file.`;
  writeFileSync(join(folder, `${country}.tsv`), `${[head, ...linesOf(country)].join('\n')}\n`);
}
writeFileSync(
  join(folder, 'NOTICE'),
  `The files in this folder hold public holidays from ${FIRST_YEAR} to ${LAST_YEAR}, computed with date-holidays ${version}
(https://github.com/commenthol/date-holidays, copyright 2015 and later commenthol), whose data is available under the
Creative Commons Attribution-ShareAlike 3.0 licence (https://creativecommons.org/licenses/by-sa/3.0/) and relies on
articles of Wikipedia; the sources of each country are named in the package's own data.

Changed by the makers of Cairn: whole days of the type "public" only; days in lieu that the package calls bank holidays
are kept for ${corrections.substitutesKeptAsBankHolidays.countries.join(', ')}; single corrections as listed in tools/holidays/corrections.json.
The files stay under the same licence. The program that reads them is under its own.
`,
);
