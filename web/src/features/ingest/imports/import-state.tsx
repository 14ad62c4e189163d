import { texts as t } from '@/texts/imports';
import { Pill, type Tone } from '@/ui/primitives';
import type { Import } from './imports-api';

const tones: Record<Import['state'], Tone> = {
  waiting: 'mute',
  running: 'info',
  finished: 'ok',
  stopped: 'warn',
  failed: 'bad',
};

export function ImportState({ one }: { one: Import }) {
  return (
    <Pill tone={tones[one.state]} dot plain ink>
      {t.states[one.state]}
    </Pill>
  );
}

/** How much of the files is read and recorded. */
export const shareOf = (one: Import) =>
  one.progress.bytesTotal === 0 ? 0 : Math.min(one.progress.bytesDone / one.progress.bytesTotal, 1);
