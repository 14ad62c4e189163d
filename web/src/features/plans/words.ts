import { dayMonth, words } from '@/lib/format';
import { jobText, roleText } from '@/texts/customer-page';
import { texts } from '@/texts/plans';
import type { Tone } from '@/ui/primitives';
import type { ItemState, PlanState, Span } from './types';

const itemTones: Record<ItemState, Tone> = {
  open: 'mute',
  'in-progress': 'accent',
  done: 'ok',
  cancelled: 'mute',
};
const planTones: Record<PlanState, Tone> = { active: 'accent', paused: 'warn', closed: 'mute' };

export const stateTone = (state: ItemState): Tone => itemTones[state] ?? 'mute';
export const planTone = (state: PlanState): Tone => planTones[state] ?? 'mute';

/** A role of ours or of the customer's in words; one that this version does not know is still shown. */
export function roleWords(role: string) {
  const ours = jobText(role);
  const theirs = roleText(role);
  if (ours !== role) return ours;
  return theirs === role ? words(role) : theirs;
}

/** The slip of a date against its baseline in words: "2 days late", "on the day". */
export function slipText(days: number | null) {
  if (days === null) return texts.head.noGoLive;
  if (days === 0) return texts.head.onTheDay;
  return days > 0 ? texts.head.late(days) : texts.head.early(-days);
}

/** A stretch of days in a few letters: "4–6 Mar" is left to the reader, "4 Mar–6 Mar" is never wrong. */
export const datesText = (span: Span) =>
  span.start === span.finish ? dayMonth(span.finish) : `${dayMonth(span.start)}–${dayMonth(span.finish)}`;
