import { Button, Progress } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { bytes, count, instant } from '@/lib/format';
import { texts } from '@/texts/imports';
import { Code } from '@/ui/copy';
import { Facts } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import { Card, Pill } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import { ReconciliationTable } from '../quality/reconciliation';
import { ImportFaults } from './import-faults';
import { ImportFindings } from './import-findings';
import { ImportState, shareOf } from './import-state';
import s from './imports.module.css';
import { type Import, importQuery, isUnderWay, stopImport } from './imports-api';

const route = getRouteApi('/inside/customers/$id/imports/$import');
const t = texts.one;

export default function ImportPage() {
  const { id, import: name } = route.useParams();
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const { data, error } = useQuery(importQuery(id, name));
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!data) return null;
  const under = isUnderWay(data);
  return (
    <>
      <div className={s.head}>
        <Link to="/customers/$id/imports" params={{ id }} className={s.back} aria-label={texts.add.back}>
          <IconArrowLeft size={16} stroke={1.7} />
        </Link>
        <h2 className={s.name}>{texts.files(data.files[0] ?? '', data.files.length - 1)}</h2>
        <ImportState one={data} />
        {data.isDryRun && <Pill>{texts.dryRun}</Pill>}
      </div>
      <div className={ui.stack}>
        {under ? <Progressing customer={id} one={data} /> : <Outcome one={data} />}
        {data.report && <Figures one={data} />}
        {!under && data.batch && (
          <div className={s.links}>
            <Link
              to="/customers/$id/events"
              params={{ id }}
              search={{ batch: data.batch }}
              className={ui.buttonLink}
            >
              {t.toEvents}
            </Link>
            <Link
              to="/customers/$id/quality"
              params={{ id }}
              search={{ batch: data.batch }}
              className={ui.buttonLink}
            >
              {t.toQuality}
            </Link>
          </div>
        )}
        {data.reconciliation && <ReconciliationTable customer={id} reconciliation={data.reconciliation} />}
        {data.report && data.report.faults.length > 0 && (
          <ImportFaults customer={id} one={data} report={data.report} />
        )}
        {data.report && <ImportFindings report={data.report} />}
        <div className={s.pair}>
          {data.mapping && (
            <Card title={t.mapping} sub={texts.add.yamlText}>
              <Code value={data.mapping} what={t.mapping} />
            </Card>
          )}
          <Card title={texts.title}>
            <Facts
              rows={[
                [texts.columns.files, data.files.join(', ')],
                [t.created, instant(data.createdAt, customer.timeZone, true)],
                [t.ended, data.finishedAt && instant(data.finishedAt, customer.timeZone, true)],
                [t.by, data.actor],
              ]}
            />
          </Card>
        </div>
      </div>
    </>
  );
}

function Progressing({ customer, one }: { customer: string; one: Import }) {
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: () => stopImport(customer, one.id),
    onSuccess: () => client.invalidateQueries({ queryKey: importQuery(customer, one.id).queryKey }),
  });
  return (
    <Card>
      <div className={s.progress}>
        <Progress.Root size="lg">
          <Progress.Section value={shareOf(one) * 100} aria-label={t.progress} />
        </Progress.Root>
        <div className={s.progressText} role="status">
          <span>{one.state === 'waiting' ? t.waiting : t.running(count(one.progress.rows))}</span>
          <span className="num">{t.sent(bytes(one.progress.bytesDone), bytes(one.progress.bytesTotal))}</span>
          <Button
            variant="default"
            loading={stop.isPending}
            disabled={stop.isSuccess}
            onClick={() => stop.mutate()}
          >
            {t.stop}
          </Button>
        </div>
        {stop.isSuccess && <Notice tone="mute">{t.stopping}</Notice>}
        {stop.error && <Notice tone="bad">{stop.error.message}</Notice>}
      </div>
    </Card>
  );
}

function Outcome({ one }: { one: Import }) {
  const rejected = one.report?.rejected ?? 0;
  const why = one.problem?.detail ?? one.report?.stopped?.detail;
  if (one.state === 'failed')
    return (
      <Notice tone="bad">
        {t.failed} {why}
      </Notice>
    );
  if (one.state === 'stopped')
    return (
      <Notice tone="warn">
        {t.stopped} {why}
      </Notice>
    );
  if (one.isDryRun) return <Notice tone="info">{t.trial}</Notice>;
  return rejected === 0 ? (
    <Notice tone="ok">{t.finished}</Notice>
  ) : (
    <Notice tone="warn">{t.finishedPart(count(rejected))}</Notice>
  );
}

const tenth = 10;

function Figures({ one }: { one: Import }) {
  const { report } = one;
  if (!report) return null;
  const rate = report.seconds > 0 ? Math.round(report.rows / report.seconds) : undefined;
  const items = [
    [t.figures.rows, count(report.rows)],
    [t.figures.accepted, count(report.accepted)],
    [t.figures.repeated, count(report.repeated)],
    [t.figures.rejected, count(report.rejected), report.rejected > 0],
    [t.figures.flagged, count(report.flagged)],
    [t.figures.seconds, `${Math.round(report.seconds * tenth) / tenth} s`],
  ] as const;
  return (
    <dl className={s.figures}>
      {items.map(([label, value, bad]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd data-bad={bad || undefined}>{value}</dd>
          {label === t.figures.seconds && rate !== undefined && (
            <dd className={s.note}>{t.rate(count(rate))}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}
