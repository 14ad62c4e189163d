import { Button, Checkbox, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconArrowRight } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ProblemError } from '@/api/http';
import { dayNumber } from '@/lib/days';
import { longDay, weekdayDay } from '@/lib/format';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/plans';
import { Steps } from '@/ui/derivation';
import { Notice } from '@/ui/notice';
import { Pill } from '@/ui/primitives';
import { useDesk } from './desk';
import s from './draft-panel.module.css';
import type { Move, ReflowPreview } from './types';
import { datesText } from './words';

const t = texts.draft;
const mostReason = 500;
/** Moves that are listed before "show all": a reader looks at the end first, which stands above them. */
const shownMoves = 12;

/** What the moves that are being tried would do, why, and the way to store them. */
export function DraftPanel() {
  const { draft, announce } = useDesk();
  const { preview, isBehind } = draft;
  const [reason, setReason] = useState('');
  const [accepted, setAccepted] = useState(false);
  const [needsReason, setNeedsReason] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const conflicts = preview?.conflicts.filter((one) => one.isNew) ?? [];
  const isImpossible = conflicts.some((one) => !one.canBeAccepted);

  useEffect(() => {
    if (preview && !isBehind) announce(summary(preview));
  }, [preview, isBehind, announce]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') {
      setNeedsReason(true);
      field.current?.focus();
      return;
    }
    void draft.apply(reason.trim(), accepted);
  };
  return (
    <section className={s.panel} aria-label={t.title}>
      <div className={s.head}>
        <h2 className={s.title}>{t.title}</h2>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconArrowBackUp size={14} />}
          onClick={draft.stepBack}
        >
          {t.stepBack}
        </Button>
      </div>
      <Problem />
      {preview ? (
        <div data-behind={isBehind} className={s.answer}>
          <Ends preview={preview} />
          <Conflicts of={conflicts} />
          <Moves of={preview.moves} />
        </div>
      ) : (
        !draft.error && <p className={s.quiet}>{t.asking}</p>
      )}
      <form className={s.form} onSubmit={submit} noValidate>
        <Textarea
          ref={field}
          label={t.reason}
          description={t.reasonHint}
          rows={2}
          maxLength={mostReason}
          value={reason}
          error={needsReason && reason.trim() === '' ? t.reasonMissing : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {isImpossible && <p className={s.quiet}>{t.impossible}</p>}
        {conflicts.length > 0 && !isImpossible && (
          <Checkbox
            size="xs"
            label={t.accept(conflicts.length)}
            checked={accepted}
            onChange={(event) => setAccepted(event.currentTarget.checked)}
          />
        )}
        <div className={s.foot}>
          <Button variant="default" onClick={draft.clear}>
            {common.cancel}
          </Button>
          <Button
            type="submit"
            loading={draft.isApplying}
            disabled={!preview || isBehind || isImpossible || (conflicts.length > 0 && !accepted)}
          >
            {t.apply}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Problem() {
  const { draft } = useDesk();
  const { error, overtaken } = draft;
  if (!error) return null;
  if (error instanceof ProblemError && error.status === 412)
    return (
      <Notice tone="warn">
        <span role="alert">
          {t.overtaken}
          {overtaken.length > 0 && ` ${t.overtakenItems(overtaken.join(', '))}`}
        </span>
      </Notice>
    );
  const faults = error instanceof ProblemError ? (error.problem.faults ?? []) : [];
  return (
    <Notice tone="bad">
      {faults.length > 0 ? faults.map((one) => one.detail).join(' ') : error.message}
    </Notice>
  );
}

const summary = (preview: ReflowPreview) =>
  [
    t.movesCount(preview.moves.length),
    preview.goLive.before === preview.goLive.after
      ? t.goLiveStays
      : t.goLiveBecomes(preview.goLive.after ? longDay(preview.goLive.after) : '–'),
    preview.conflicts.some((one) => one.isNew)
      ? t.conflictsCount(preview.conflicts.filter((one) => one.isNew).length)
      : '',
  ]
    .filter(Boolean)
    .join('. ');

/** Go-live and finish before and after. */
function Ends({ preview }: { preview: ReflowPreview }) {
  return (
    <dl className={s.ends}>
      {(
        [
          [t.goLive, preview.goLive],
          [t.finish, preview.finish],
        ] as const
      ).map(([name, { before, after }]) => {
        if (!before && !after) return null;
        const by = before && after ? dayNumber(after) - dayNumber(before) : 0;
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {before ? weekdayDay(before) : '–'}
              {by !== 0 && (
                <>
                  <IconArrowRight size={14} role="img" aria-label={t.becomes} />
                  <b>{after ? weekdayDay(after) : '–'}</b>
                  <Pill tone={by > 0 ? 'bad' : 'ok'}>{t.byDays(by)}</Pill>
                </>
              )}
              {by === 0 && <span className={s.quiet}>{t.stays}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Conflicts({ of: conflicts }: { of: ReflowPreview['conflicts'] }) {
  const { plan, open } = useDesk();
  if (conflicts.length === 0) return null;
  const titles = new Map(plan.items.map((item) => [item.id, item.title]));
  return (
    <section className={s.conflicts} aria-label={t.conflicts}>
      <h3>{t.conflictsCount(conflicts.length)}</h3>
      <ul>
        {conflicts.map((conflict) => (
          <li key={`${conflict.item} ${conflict.code}`}>
            <button type="button" className={s.name} onClick={() => open(conflict.item)}>
              {titles.get(conflict.item) ?? conflict.item}
            </button>
            {conflict.detail}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Moves({ of: moves }: { of: Move[] }) {
  const [all, setAll] = useState(false);
  if (moves.length === 0) return <p className={s.quiet}>{t.nothingMoves}</p>;
  const shown = all ? moves : moves.slice(0, shownMoves);
  return (
    <section aria-label={t.moves}>
      <h3 className={s.count}>{t.movesCount(moves.length)}</h3>
      <ul className={s.moves}>
        {shown.map((move) => (
          <li key={move.item}>
            <details>
              <summary>
                <span className={s.moved}>{move.title}</span>
                <span className={`${s.dates} num`}>
                  {move.from ? datesText(move.from) : texts.gantt.noDate}{' '}
                  <IconArrowRight size={12} role="img" aria-label={t.becomes} /> <b>{datesText(move.to)}</b>
                </span>
              </summary>
              <Steps of={move.why} />
            </details>
          </li>
        ))}
      </ul>
      {shown.length < moves.length && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setAll(true)}>
          {t.showAll(moves.length)}
        </Button>
      )}
    </section>
  );
}
