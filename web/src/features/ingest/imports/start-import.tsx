import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '@/api/http';
import { count, words } from '@/lib/format';
import { texts } from '@/texts/imports';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import s from './imports.module.css';
import { type Import, type Preview, startImport } from './imports-api';
import { expectedOf } from './mapping';

const t = texts.add;

/** The last step: what the source's own books say, if somebody knows, and the button. */
export function StartImport(props: {
  customer: string;
  files: File[];
  yaml: string;
  preview: Preview;
  onStarted: (started: Import) => void;
}) {
  const [books, setBooks] = useState<Record<string, string>>({});
  const [sent, setSent] = useState<number>();
  const start = useMutation({
    mutationFn: () =>
      startImport(
        props.customer,
        { files: props.files, mapping: props.yaml, expected: expectedOf(books) },
        setSent,
      ),
    onSuccess: props.onStarted,
    onSettled: () => setSent(undefined),
  });
  const rejected = props.preview.report?.rejected ?? 0;
  const percent = 100;
  return (
    <Card title={t.expectedTitle} sub={t.expectedText}>
      <div className={s.books}>
        {['rows', ...Object.keys(props.preview.report?.controlSums ?? {})].map((name) => (
          <TextInput
            key={name}
            size="xs"
            label={name === 'rows' ? t.rows : words(name)}
            inputMode="decimal"
            value={books[name] ?? ''}
            onChange={(event) => setBooks({ ...books, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      {start.error && (
        <Notice tone="bad">
          {start.error instanceof ProblemError && start.error.problem.faults?.length
            ? start.error.problem.faults.map((fault) => fault.detail).join(' ')
            : start.error.message}
        </Notice>
      )}
      <div className={s.start}>
        <Button size="sm" loading={start.isPending} onClick={() => start.mutate()}>
          {rejected > 0 ? t.startWith(count(rejected)) : t.start}
        </Button>
        {sent !== undefined && (
          <span className={s.hint} role="status">
            {t.sending(`${Math.round(sent * percent)} %`)}
          </span>
        )}
      </div>
    </Card>
  );
}
