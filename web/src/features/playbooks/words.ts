import type { PlaybookSummary } from '@/api/playbooks';
import { words } from '@/lib/format';
import { jobText, roleText } from '@/texts/customer-page';
import { texts } from '@/texts/playbooks';

const kindOrder = Object.keys(texts.kinds);

export const kindText = (kind: string) => texts.kinds[kind] ?? words(kind);

/** Playbooks by kind, in the order in which a customer meets them. */
export function kindsOf(playbooks: readonly PlaybookSummary[]) {
  const place = (kind: string) => (kindOrder.includes(kind) ? kindOrder.indexOf(kind) : kindOrder.length);
  return [...new Set(playbooks.map((one) => one.kind))]
    .sort((left, right) => place(left) - place(right) || left.localeCompare(right))
    .map((kind) => ({
      kind,
      playbooks: playbooks
        .filter((one) => one.kind === kind)
        .toSorted((left, right) => left.title.localeCompare(right.title)),
    }));
}

/** A role of ours or of the customer's; `customer:finance` is the customer's where both have one. */
export function roleWords(role: string) {
  const own = role.replace(/^customer:/, '');
  const ours = jobText(own);
  const theirs = roleText(own);
  if (own === role && ours !== own) return ours;
  return theirs === own ? words(own) : theirs;
}
