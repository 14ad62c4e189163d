import { count, words } from '@/lib/format';
import { texts } from '@/texts/imports';
import { Card } from '@/ui/primitives';
import table from '@/ui/table.module.css';
import s from './imports.module.css';
import type { Finding, ImportReport } from './imports-api';

const t = texts.one;
const names: Record<string, string> = {
  time_skipped_by_clock_change: t.timesSkipped,
  time_twice_by_clock_change: t.timesTwice,
};
const shownPlaces = 3;

/** What was recorded and deserves a look: flags, equal rows, blank cells, columns left out. */
export function ImportFindings({ report }: { report: ImportReport }) {
  const blanks = Object.entries(report.blanks).filter(([, cells]) => cells > 0);
  const findings: [string, Finding][] = [
    ...Object.entries(report.flags).map(([name, flag]): [string, Finding] => [
      names[name] ?? words(name),
      flag,
    ]),
    [t.exactRepeats, report.exactRepeats] as [string, Finding],
  ].filter(([, finding]) => finding.count > 0) as [string, Finding][];
  if (findings.length + blanks.length + report.ignoredColumns.length === 0) return null;
  return (
    <Card title={t.findings} sub={t.findingsSub} pad={false}>
      <ul className={s.findings}>
        {findings.map(([name, finding]) => (
          <li key={name}>
            <span>
              {name}
              <span className={table.muted}> {placesOf(finding)}</span>
            </span>
            <span className="num">{count(finding.count)}</span>
          </li>
        ))}
        {blanks.map(([column, cells]) => (
          <li key={column}>
            <span>
              {t.blanks}: <span className={table.mono}>{column}</span>
            </span>
            <span className="num">{count(cells)}</span>
          </li>
        ))}
        {report.ignoredColumns.length > 0 && (
          <li>
            <span>
              {t.ignored}: <span className={table.mono}>{report.ignoredColumns.join(', ')}</span>
            </span>
            <span className="num">{count(report.ignoredColumns.length)}</span>
          </li>
        )}
      </ul>
    </Card>
  );
}

const placesOf = (finding: Finding) =>
  finding.first
    .slice(0, shownPlaces)
    .map((place) => `${place.file}:${place.row}${place.value ? ` (${place.value})` : ''}`)
    .join(', ');
