import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { csv, download } from '@/lib/csv';
import { count } from '@/lib/format';
import { texts } from '@/texts/imports';
import { Card } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import { allFaults } from '../quality/quality-api';
import { FaultRows } from './fault-rows';
import type { Import, ImportReport } from './imports-api';

const t = texts.one;
const mostDownloaded = 100_000;

/** The first rejected rows, and all that are kept as a file. */
export function ImportFaults(props: { customer: string; one: Import; report: ImportReport }) {
  const { one, report } = props;
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const { rows, isWhole } = await faultRows(props.customer, one, report);
      const head = ['place', 'column', 'value', 'code', 'detail'];
      download(`${one.id}-faults.csv`, 'text/csv;charset=utf-8', csv([head, ...rows]));
      await toast(isWhole ? t.downloaded(count(rows.length)) : t.downloadCut(count(rows.length)));
    } catch (error) {
      await toast(error instanceof Error ? error.message : String(error), { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card
      title={t.faults}
      sub={t.faultsSub(count(report.faults.length), count(report.rejected))}
      pad={false}
      right={
        <Button
          variant="default"
          className="no-print"
          leftSection={<IconDownload size={15} />}
          loading={busy}
          onClick={save}
        >
          {t.download}
        </Button>
      }
    >
      <FaultRows faults={report.faults} />
    </Card>
  );
}

/** The report lists the first hundred faults with their values; beyond that data quality keeps them, without values. */
async function faultRows(customer: string, one: Import, report: ImportReport) {
  const listed = report.faults.map((fault) => [
    `${fault.file}, row ${fault.row}, line ${fault.line}`,
    fault.column,
    fault.value,
    fault.code,
    fault.detail,
  ]);
  if (!one.batch || new Set(report.faults.map((fault) => fault.row)).size >= report.rejected)
    return { rows: listed, isWhole: true };
  const { items, isWhole } = await allFaults(customer, one.batch, mostDownloaded);
  const kept = items
    .filter((fault) => fault.kind === 'refused')
    .map((fault) => [fault.place, fault.pointer, null, fault.code, fault.detail]);
  const places = new Set(items.map((fault) => fault.place)).size;
  return { rows: kept.length > listed.length ? kept : listed, isWhole: isWhole && places >= report.rejected };
}
