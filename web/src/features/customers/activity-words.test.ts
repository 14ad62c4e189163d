import { expect, it } from 'vitest';
import type { Activity } from './activity-api';
import { actorText, sentenceOf } from './activity-words';

const activity = (action: string, over: Partial<Activity> = {}): Activity => ({
  id: 'rec_1',
  at: '2026-03-02T10:00:00Z',
  action,
  actor: { kind: 'person', id: 'per_1', name: 'Ada Moreau' },
  subject: { kind: 'contact', id: 'con_1', name: 'Ida Brandt' },
  ...over,
});
const told = (one: Activity) => {
  const { verb, strong, rest } = sentenceOf(one);
  return [actorText(one.actor), verb, strong, rest].filter(Boolean).join(' ');
};

it('tells what happened in a sentence', () => {
  expect(told(activity('contact.removed'))).toBe('Ada Moreau removed the contact Ida Brandt');
  expect(
    told(activity('customer.changed', { before: { stage: 'onboarding' }, after: { stage: 'adoption' } })),
  ).toBe('Ada Moreau moved the customer to Adoption from Onboarding');
  expect(
    told(
      activity('customer.changed', {
        before: { plan: null, tags: [] },
        after: { plan: 'Starter', tags: ['a', 'b'] },
      }),
    ),
  ).toBe('Ada Moreau changed plan from nothing to Starter, tags from nothing to a, b');
});

it('counts the events of a batch and what became of the others', () =>
  expect(
    told(
      activity('events.received', {
        actor: { kind: 'api-key', id: 'key_1', name: '' },
        batch: { kind: 'import', accepted: 1200, repeated: 3, rejected: 1, finishedAt: null },
      }),
    ),
  ).toMatch(/^An API key imported 1.?200 events \(3 were there before, 1 refused\)$/));

it('still tells an action that it does not know', () =>
  expect(told(activity('plan.frozen'))).toBe('Ada Moreau · Plan frozen Ida Brandt'));
