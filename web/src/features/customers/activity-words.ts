import { count, day, money, words } from '@/lib/format';
import { jobText, texts } from '@/texts/customer-page';
import { texts as records } from '@/texts/customers';
import type { Activity } from './activity-api';
import { stageText, verticalText } from './words';

/** A sentence without its subject: the actor stands before it. `strong` is what it is about. */
export interface Sentence {
  verb: string;
  strong?: string;
  rest?: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Who did it, in a word. */
export function actorText({ kind, name }: Activity['actor']) {
  if (kind === 'system') return texts.activity.system;
  if (kind === 'command-line') return texts.activity.commandLine;
  return name || (kind === 'api-key' ? texts.activity.key : (name ?? kind));
}

const shown = (member: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (member === 'stage') return stageText(String(value));
  if (member === 'vertical') return verticalText(String(value));
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'nothing';
  if (typeof value === 'object') {
    const { amount, currency } = value as { amount?: string; currency?: string };
    return amount && currency ? money({ amount, currency }) : 'another value';
  }
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : String(value);
};

const labels: Record<string, string> = {
  ...records.form,
  acv: records.form.acvAmount,
  title: 'title',
  primary: 'primary contact',
  until: 'last day',
};
const label = (member: string) => (labels[member] ?? words(member)).toLowerCase();

/** What changed, in the words of the form: at most two members by name, the rest counted. */
function changes({ before, after }: Activity) {
  const members = Object.keys(after ?? {});
  const said = members
    .slice(0, 2)
    .map(
      (member) =>
        `${label(member)} from ${shown(member, before?.[member])} to ${shown(member, after?.[member])}`,
    );
  const more = members.length - said.length;
  return said.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const sentences: Record<string, (activity: Activity) => Sentence> = {
  'customer.created': (one) => ({ verb: 'recorded', strong: one.subject?.name ?? 'the customer' }),
  'customer.changed': (one) => {
    const stage = text(one.after?.stage);
    return stage
      ? {
          verb: 'moved the customer to',
          strong: stageText(stage),
          rest: `from ${shown('stage', one.before?.stage)}`,
        }
      : { verb: 'changed', rest: changes(one) };
  },
  'contact.created': (one) => ({ verb: 'added the contact', strong: one.subject?.name ?? '' }),
  'contact.changed': (one) => ({
    verb: 'changed the contact',
    strong: one.subject?.name ?? '',
    rest: changes(one),
  }),
  'contact.removed': (one) => ({ verb: 'removed the contact', strong: one.subject?.name ?? '' }),
  'contact.restored': (one) => ({ verb: 'brought back the contact', strong: one.subject?.name ?? '' }),
  'team-member.created': (one) => ({
    verb: 'put',
    strong: one.subject?.name ?? '',
    rest: `into the team as ${jobText(text(one.after?.role) ?? '')}`,
  }),
  'team-member.changed': (one) => ({ verb: 'changed the place of', strong: one.subject?.name ?? '' }),
  'team-member.removed': (one) => ({
    verb: 'removed',
    strong: one.subject?.name ?? '',
    rest: 'from the team',
  }),
  'team-member.restored': (one) => ({
    verb: 'brought',
    strong: one.subject?.name ?? '',
    rest: 'back into the team',
  }),
  'calendar.created': (one) => ({
    verb: 'wrote the calendar that holds from',
    strong: day(one.subject?.id ?? ''),
  }),
  'calendar.changed': (one) => ({
    verb: 'changed the calendar that holds from',
    strong: day(one.subject?.id ?? ''),
  }),
  'calendar.removed': (one) => ({
    verb: 'removed the calendar that held from',
    strong: day(one.subject?.id ?? ''),
  }),
  'plan.started': (one) => ({ verb: 'started the plan', strong: one.subject?.name ?? '' }),
  'plan.changed': (one) => ({
    verb: 'changed the plan',
    strong: one.subject?.name ?? '',
    rest: changes(one),
  }),
  'plan.reflowed': (one) => ({
    verb: 'moved dates of the plan',
    strong: one.subject?.name ?? '',
    rest: text(one.after?.reason) ?? '',
  }),
  'plan.reflow-undone': (one) => ({ verb: 'undid a reflow of the plan', strong: one.subject?.name ?? '' }),
  'plan-item.added': (one) => ({ verb: 'added to the plan', strong: one.subject?.name ?? '' }),
  'plan-item.changed': (one) => ({
    verb: 'changed in the plan',
    strong: one.subject?.name ?? '',
    rest: changes(one),
  }),
  'plan-checklist.changed': (one) => ({
    verb: 'went through the checklist',
    strong: one.subject?.name ?? '',
  }),
  'time-entry.created': (one) => ({ verb: 'logged time on', strong: one.subject?.name ?? '' }),
  'time-entry.removed': (one) => ({ verb: 'took back time logged on', strong: one.subject?.name ?? '' }),
  'api-key.created': (one) => ({ verb: 'created the API key', strong: one.subject?.name ?? '' }),
  'api-key.revoked': (one) => ({ verb: 'revoked the API key', strong: one.subject?.name ?? '' }),
  'event-type.created': (one) => ({
    verb: 'said what events of the type',
    strong: one.subject?.id ?? '',
    rest: 'look like',
  }),
  'event-type.changed': (one) => ({
    verb: 'changed what events of the type',
    strong: one.subject?.id ?? '',
    rest: 'look like',
  }),
  'event-type.deleted': (one) => ({
    verb: 'no longer checks events of the type',
    strong: one.subject?.id ?? '',
  }),
  'event.erased': (one) => ({ verb: 'erased the payload of', strong: one.subject?.id ?? '' }),
  'events.received': (one) => {
    const batch = one.batch;
    const also = [
      batch && batch.repeated > 0 && texts.activity.repeated(count(batch.repeated)),
      batch && batch.rejected > 0 && texts.activity.rejected(count(batch.rejected)),
    ].filter(Boolean);
    return {
      verb: batch?.kind === 'import' ? 'imported' : 'sent',
      strong: `${count(batch?.accepted ?? 0)} ${batch?.accepted === 1 ? 'event' : 'events'}`,
      rest: also.length > 0 ? `(${also.join(', ')})` : undefined,
    };
  },
};

/** What happened; an action that this version does not know is still told, in its own words. */
export const sentenceOf = (activity: Activity): Sentence =>
  sentences[activity.action]?.(activity) ?? {
    verb: `· ${words(activity.action)}`,
    strong: activity.subject?.name ?? undefined,
  };
