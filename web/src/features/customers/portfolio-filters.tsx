import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback, useLocalStorage } from '@mantine/hooks';
import { IconBookmark, IconSearch, IconX } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Customer } from '@/api/types';
import { count } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customers';
import { Dialog, DialogFoot } from '@/ui/dialog';
import ui from '@/ui/ui.module.css';
import s from './portfolio.module.css';
import { viewTests } from './portfolio-list';
import { type PortfolioSearch, portfolioViews } from './portfolio-search';
import { plans, stages, stageText } from './words';

const t = texts.portfolio;
const filterDelayMs = 150;

interface SavedView {
  name: string;
  search: PortfolioSearch;
}
const sameSearch = (left: PortfolioSearch, right: PortfolioSearch) =>
  (['view', 'q', 'stage', 'plan', 'sort'] as const).every((name) => left[name] === right[name]);

/** Everything that is chosen here stands in the address; a saved view is such an address under a name. */
export function PortfolioFilters(props: { customers: Customer[]; search: PortfolioSearch; now: number }) {
  const { customers, search, now } = props;
  const navigate = useNavigate({ from: '/customers' });
  const [saved, setSaved] = useLocalStorage<SavedView[]>({ key: 'cairn-portfolio-views', defaultValue: [] });
  const [naming, setNaming] = useState(false);
  const set = (change: Partial<PortfolioSearch>) =>
    navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const setWords = useDebouncedCallback((q: string) => set({ q: q || undefined }), filterDelayMs);
  const active = saved.find((view) => sameSearch(view.search, search));
  const narrowed = Boolean(search.q || search.stage || search.plan || search.sort);
  return (
    <div className={`${ui.toolbar} no-print`}>
      <nav className={ui.views} aria-label={t.viewsLabel}>
        {portfolioViews.map((view) => (
          <Link
            key={view}
            to="/customers"
            search={{ view: view === 'all' ? undefined : view }}
            className={ui.view}
            data-active={!active && (search.view ?? 'all') === view}
            aria-current={!active && (search.view ?? 'all') === view ? 'true' : undefined}
          >
            {t.views[view]} <span>{count(customers.filter((one) => viewTests[view](one, now)).length)}</span>
          </Link>
        ))}
        {saved.map((view) => (
          <Link
            key={view.name}
            to="/customers"
            search={view.search}
            className={ui.view}
            data-active={view === active}
            aria-current={view === active ? 'true' : undefined}
          >
            {view.name}
          </Link>
        ))}
      </nav>
      <div className={`${s.filters} ${ui.spring}`}>
        {active ? (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconX size={14} />}
            onClick={() => {
              setSaved(saved.filter((view) => view !== active));
              navigate({ search: {} });
            }}
          >
            {t.removeView}
          </Button>
        ) : (
          narrowed && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconBookmark size={14} />}
              onClick={() => setNaming(true)}
            >
              {t.saveView}
            </Button>
          )
        )}
        <TextInput
          key={search.q === undefined ? 'blank' : 'filled'}
          size="xs"
          w={{ base: '100%', sm: 220 }}
          className={s.words}
          placeholder={t.filter}
          aria-label={t.filterLabel}
          leftSection={<IconSearch size={14} />}
          defaultValue={search.q}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label={t.stage}
          value={search.stage ?? ''}
          onChange={(event) => set({ stage: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t.anyStage },
            ...stages.map((value) => ({ value, label: stageText(value) })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={t.plan}
          value={search.plan ?? ''}
          onChange={(event) => set({ plan: event.currentTarget.value || undefined })}
          data={[{ value: '', label: t.anyPlan }, ...plans]}
        />
      </div>
      <Dialog open={naming} onClose={() => setNaming(false)} title={t.saveViewTitle}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get('name')).trim();
            const { new: _, ...rest } = search;
            setSaved([...saved.filter((view) => view.name !== name), { name, search: rest }]);
            setNaming(false);
          }}
        >
          <TextInput
            size="sm"
            label={t.saveViewName}
            description={t.saveViewHint}
            name="name"
            required
            maxLength={40}
            withAsterisk={false}
          />
          <DialogFoot>
            <Button variant="default" onClick={() => setNaming(false)}>
              {common.cancel}
            </Button>
            <Button type="submit">{common.save}</Button>
          </DialogFoot>
        </form>
      </Dialog>
    </div>
  );
}
