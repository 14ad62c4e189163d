import { Button, TextInput } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { texts } from '@/texts/plans';
import { readHours } from './hours';
import s from './item-panel.module.css';

const t = texts.time;

/** Hours as they are said: "1.5h", "90m". Enter logs them. */
export function TimeInput(props: {
  /** What the time goes to, for somebody who does not see where the field stands. */
  what: string;
  onLog: (hours: number) => Promise<boolean>;
  compact?: boolean;
}) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const hours = readHours(text);
    setWrong(hours === null);
    if (hours === null) return;
    setBusy(true);
    if (await props.onLog(hours)) setText('');
    setBusy(false);
  };
  return (
    <form className={s.timeInput} data-compact={props.compact} onSubmit={submit} noValidate>
      <TextInput
        size="xs"
        aria-label={t.input(props.what)}
        placeholder="1.5h"
        leftSection={<IconClock size={13} stroke={1.7} />}
        value={text}
        error={wrong ? t.wrong : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
      />
      {(text !== '' || !props.compact) && (
        <Button type="submit" variant="default" loading={busy} disabled={text === ''}>
          {t.log}
        </Button>
      )}
    </form>
  );
}
