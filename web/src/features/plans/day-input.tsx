import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isDay } from './plans-search';

/** While a year is typed it is 2, 20 and 202 first. */
const firstDay = '2000-01-01';

/** A date that tells of whole dates only: what is half typed stays in the field. */
export function DayInput(
  props: Omit<TextInputProps, 'value' | 'onChange' | 'type'> & {
    value: string;
    onDay: (day: string) => void;
  },
) {
  const { value, onDay, ...rest } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      {...rest}
      type="date"
      value={text}
      onChange={(event) => {
        const day = event.currentTarget.value;
        setText(day);
        if (isDay(day) && day >= firstDay && day !== value) onDay(day);
      }}
      onBlur={() => {
        if (!isDay(text)) setText(value);
      }}
    />
  );
}
