import { words } from '@/lib/format';
import { jobText, roleText } from '@/texts/customer-page';
import { texts } from '@/texts/plans';
import type { Tone } from '@/ui/primitives';
import type { ItemState, PlanState } from './types';

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
