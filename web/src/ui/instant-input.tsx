import { TextInput } from '@mantine/core';
import { instantOf, wallTime } from '@/lib/zoned';
import ui from './ui.module.css';

/** A date and time as the clock of the zone shows it; the value is the instant. */
export function InstantInput(props: {
  label: string;
  zone?: string | null;
  value?: string;
  onChange: (value: string | undefined) => void;
  seconds?: boolean;
}) {
  const at = props.value ? Date.parse(props.value) : Number.NaN;
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      step={props.seconds ? 1 : 60}
      aria-label={props.label}
      leftSection={<span className={ui.inInput}>{props.label}</span>}
      leftSectionWidth={props.label.length * 7 + 14}
      value={Number.isNaN(at) ? '' : wallTime(at, props.zone, props.seconds === true)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const found = text ? instantOf(text, props.zone) : null;
        if (!text) props.onChange(undefined);
        else if (found !== null) props.onChange(new Date(found).toISOString());
      }}
    />
  );
}
