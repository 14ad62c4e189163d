import { ActionIcon, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { IngestedEvent } from '@/api/types';
import { texts as t } from '@/texts/ingest';
import { FilterChip } from '@/ui/filter-chip';
import { InstantInput } from '@/ui/instant-input';
import ui from '@/ui/ui.module.css';
import { type EventsSearch, isFiltered } from './events-search';
import s from './ingest.module.css';

const filterDelayMs = 250;
const mostSuggestions = 50;

export function EventFilters(props: {
  search: EventsSearch;
  zone: string | null;
  events: IngestedEvent[];
  children: ReactNode;
}) {
  const { search } = props;
  const navigate = useNavigate({ from: '/customers/$id/events' });
  const set = (change: Partial<EventsSearch>) =>
    navigate({ search: (before) => ({ ...before, ...change, open: undefined }), replace: true });
  const setSoon = useDebouncedCallback(set, filterDelayMs);
  return (
    <div className={`${ui.toolbar} ${s.filters} no-print`}>
      {(['type', 'source', 'subject'] as const).map((name) => (
        <div key={`${name}${search[name] === undefined}`}>
          <TextInput
            size="xs"
            w={116}
            list={`known-${name}`}
            placeholder={t.filters[name]}
            aria-label={t.filters[name]}
            defaultValue={search[name]}
            onChange={(event) => setSoon({ [name]: event.currentTarget.value || undefined })}
          />
          <datalist id={`known-${name}`}>
            {known(props.events, name).map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        </div>
      ))}
      {(['from', 'to'] as const).map((name) => (
        <InstantInput
          key={name}
          label={t.filters[name]}
          zone={props.zone}
          value={search[name]}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      <NativeSelect
        size="xs"
        aria-label={t.order}
        value={search.order ?? 'desc'}
        onChange={(event) => set({ order: event.currentTarget.value === 'asc' ? 'asc' : undefined })}
        data={[
          { value: 'desc', label: t.newestFirst },
          { value: 'asc', label: t.oldestFirst },
        ]}
      />
      {search.late && <FilterChip onRemove={() => set({ late: undefined })}>{t.onlyLate}</FilterChip>}
      {search.batch && (
        <FilterChip onRemove={() => set({ batch: undefined })}>{t.onlyBatch(search.batch)}</FilterChip>
      )}
      {isFiltered(search) && (
        <Tooltip label={t.clear}>
          <ActionIcon
            aria-label={t.clear}
            onClick={() => navigate({ search: ({ order, paused }) => ({ order, paused }) })}
          >
            <IconX size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      <div className={ui.spring}>{props.children}</div>
    </div>
  );
}

const known = (events: IngestedEvent[], name: 'type' | 'source' | 'subject') =>
  [...new Set(events.map((event) => event[name]).filter((value): value is string => Boolean(value)))]
    .sort()
    .slice(0, mostSuggestions);
