import { words } from '@/lib/format';
import { texts } from '@/texts/audit';

/** Who or what an entry names; a kind that this version does not know is shown in words. */
export const partyKind = (kind: string) => texts.kinds[kind] ?? words(kind);
