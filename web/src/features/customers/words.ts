import { words } from '@/lib/format';
import { texts } from '@/texts/customers';
import type { Tone } from '@/ui/primitives';

/** The fixed words of a customer record, in the order in which the server knows them. */
export const stages = Object.keys(texts.stages);
export const verticals = Object.keys(texts.verticals);
export const plans = ['Starter', 'Professional', 'Enterprise'];
export const slaTiers = ['Starter', 'Mid-market', 'Enterprise'];

const beforeGoLive = ['discovery', 'evaluation', 'purchase', 'onboarding'];
const tones: Record<string, Tone> = {
  discovery: 'mute',
  evaluation: 'mute',
  purchase: 'info',
  onboarding: 'accent',
  'value-realisation': 'warn',
  adoption: 'ok',
  expansion: 'ok',
  renewal: 'ok',
};

export const isOnTheWay = (stage: string | null) => stage !== null && beforeGoLive.includes(stage);
/** A stage that this version does not know is still shown, in words. */
export const stageText = (stage: string) => texts.stages[stage] ?? words(stage);
export const stageTone = (stage: string): Tone => tones[stage] ?? 'mute';
export const verticalText = (vertical: string) => texts.verticals[vertical] ?? words(vertical);
