import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { count, day, instant, words } from '@/lib/format';
import { texts } from '@/texts/entities';
import { InstantInput } from '@/ui/instant-input';
import { Card } from '@/ui/primitives';
import { StepChart } from '@/ui/step-chart';
import s from './entities.module.css';
import type { Entity, EntityChange } from './entities-api';
import type { EntitySearch } from './entities-search';
import { curveFields, curveOf, stepFrom, valueText } from './values';

const t = texts.one;
const slideDelayMs = 120;
const steps = 1_000;

/** At which time the state is looked at: a curve of a value, a slider under it, a field beside it, and steps from change to change. */
export function AsOf(props: {
  entity: Entity;
  changes: EntityChange[];
  /** Not all changes are loaded. */
  isPart: boolean;
  zone: string | null;
  search: EntitySearch;
  onSearch: (change: Partial<EntitySearch>) => void;
}) {
  const { entity, changes, search, zone, onSearch } = props;
  const fields = curveFields(changes);
  const field = search.field && fields.includes(search.field) ? search.field : fields[0];
  const points = field ? curveOf(changes, field) : [];
  const first = props.isPart ? (points[0]?.at ?? Date.parse(entity.firstAt)) : Date.parse(entity.firstAt);
  const last = Date.parse(entity.lastAt);
  const at = search.as_of ? Date.parse(search.as_of) : last;
  const earlier = stepFrom(changes, at, -1);
  const later = search.as_of ? stepFrom(changes, at, 1) : undefined;
  const go = (asOf: string | undefined) => onSearch({ as_of: asOf });
  return (
    <Card pad={false}>
      <div className={s.asOf}>
        <div className={s.asOfBar}>
          <InstantInput label={t.asOf} zone={zone} seconds value={search.as_of} onChange={go} />
          <Tooltip label={t.previous}>
            <ActionIcon aria-label={t.previous} disabled={!earlier} onClick={() => go(earlier)}>
              <IconChevronLeft size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t.next}>
            <ActionIcon aria-label={t.next} disabled={!later} onClick={() => go(later)}>
              <IconChevronRight size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          {search.as_of && (
            <Button variant="default" onClick={() => go(undefined)}>
              {t.backToNow}
            </Button>
          )}
          {fields.length > 0 && (
            <NativeSelect
              size="xs"
              className={s.curveField}
              aria-label={t.curveField}
              value={field}
              onChange={(event) => onSearch({ field: event.currentTarget.value })}
              data={fields.map((name) => ({ value: name, label: words(name) }))}
            />
          )}
        </div>
        {field && (
          <StepChart
            points={points}
            from={first}
            to={last}
            mark={search.as_of ? at : undefined}
            format={(value) => valueText(value)}
            formatTime={(time) => day(new Date(time).toISOString())}
            label={t.curveText(
              words(field),
              count(points.length),
              valueText(Math.min(...points.map((point) => point.value))),
              valueText(Math.max(...points.map((point) => point.value))),
              valueText(points.at(-1)?.value),
            )}
          />
        )}
        <Slider first={first} last={last} at={at} zone={zone} onAt={go} />
        {props.isPart && <div className={s.note}>{t.curvePart(count(changes.length))}</div>}
      </div>
    </Card>
  );
}

/** Moves at once under the hand and asks the server when it rests. */
function Slider(props: {
  first: number;
  last: number;
  at: number;
  zone: string | null;
  onAt: (asOf: string | undefined) => void;
}) {
  const { first, last } = props;
  const span = Math.max(last - first, 1);
  const place = Math.round(((Math.min(Math.max(props.at, first), last) - first) / span) * steps);
  const [moved, setMoved] = useState(place);
  useEffect(() => setMoved(place), [place]);
  const ask = useDebouncedCallback(
    (to: number) => props.onAt(to >= steps ? undefined : new Date(first + (to / steps) * span).toISOString()),
    slideDelayMs,
  );
  return (
    <input
      type="range"
      className={s.slider}
      min={0}
      max={steps}
      value={moved}
      disabled={first >= last}
      aria-label={t.slider}
      aria-valuetext={
        moved >= steps ? t.now : instant(new Date(first + (moved / steps) * span).toISOString(), props.zone)
      }
      onChange={(event) => {
        setMoved(event.currentTarget.valueAsNumber);
        ask(event.currentTarget.valueAsNumber);
      }}
    />
  );
}
