import { Button, NativeSelect, Switch } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { texts } from '@/texts/plans';
import s from './plans.module.css';
import { type PlanSearch, zooms } from './plans-search';

const NewItemDialog = lazy(() => import('./new-item-dialog'));
const t = texts.gantt;
const narrow = '(max-width: 48em)';
export const layers = ['critical', 'baseline', 'links'] as const;

/** How much of the plan is seen, and what is drawn beside its bars; all of it stands in the address. */
export function GanttTools({ search }: { search: PlanSearch }) {
  const navigate = useNavigate({ from: '/customers/$id/plans/$plan' });
  const isNarrow = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  const [adding, setAdding] = useState(false);
  const hidden = new Set(search.hide?.split(','));
  const toggle = (layer: string) => {
    const left = layers.filter((one) => hidden.has(one) !== (one === layer));
    void navigate({ search: (before) => ({ ...before, hide: left.join(',') || undefined }), replace: true });
  };
  return (
    <div className={s.tools}>
      {!isNarrow && (
        <>
          {layers.map((layer) => (
            <Switch
              key={layer}
              size="xs"
              label={t.layers[layer]}
              checked={!hidden.has(layer)}
              onChange={() => toggle(layer)}
            />
          ))}
          <NativeSelect
            size="xs"
            aria-label={t.zoom}
            value={search.zoom ?? 'fit'}
            onChange={(event) => {
              const zoom = zooms.find((one) => one === event.currentTarget.value && one !== 'fit');
              void navigate({ search: (before) => ({ ...before, zoom }), replace: true });
            }}
            data={zooms.map((zoom) => ({ value: zoom, label: t.zooms[zoom] }))}
          />
        </>
      )}
      <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
        {t.add}
      </Button>
      {adding && (
        <Suspense>
          <NewItemDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}
