import { NativeSelect, Textarea } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { instant } from '@/lib/format';
import { texts } from '@/texts/imports';
import s from './imports.module.css';
import { importQuery, importsQuery } from './imports-api';

const t = texts.add;
const byHand = 'text';
const mostEarlier = 10;

/** Where the mapping comes from: guessed and filled in, an earlier import's, or a text that somebody writes. */
export function MappingSource(props: {
  customer: string;
  zone: string | null;
  /** The text that is written by hand; undefined for the form. */
  text: string | undefined;
  /** What the form says, to go on from. */
  form: string | undefined;
  onText: (text: string | undefined) => void;
}) {
  const { customer, text } = props;
  const client = useQueryClient();
  const { data } = useInfiniteQuery(importsQuery(customer));
  const earlier = (data?.pages[0]?.items ?? []).filter((one) => one.report).slice(0, mostEarlier);
  const choose = async (value: string) => {
    if (value === '') props.onText(undefined);
    else if (value === byHand) props.onText(text ?? props.form ?? '');
    else props.onText((await client.ensureQueryData(importQuery(customer, value))).mapping ?? '');
  };
  return (
    <div className={s.source}>
      <NativeSelect
        size="xs"
        label={t.from}
        value={text === undefined ? '' : byHand}
        onChange={(event) => void choose(event.currentTarget.value)}
        data={[
          { value: '', label: t.guessed },
          ...earlier.map((one) => ({
            value: one.id,
            label: t.asIn(
              texts.files(one.files[0] ?? '', one.files.length - 1),
              instant(one.createdAt, props.zone),
            ),
          })),
          { value: byHand, label: t.asText },
        ]}
      />
      {text !== undefined && (
        <Textarea
          label={t.text}
          description={t.textText}
          classNames={{ input: s.text }}
          rows={16}
          spellCheck={false}
          value={text}
          onChange={(event) => props.onText(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
