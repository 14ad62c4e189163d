import { Button, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { texts } from '@/texts/ingest';
import type { Tone } from '@/ui/primitives';
import { Pill } from '@/ui/primitives';
import s from '../ingest.module.css';
import type { LiveState as State } from './live-source';

const t = texts.live;
const tones: Record<State | 'paused' | 'off', Tone> = {
  live: 'ok',
  connecting: 'mute',
  reconnecting: 'warn',
  ended: 'bad',
  paused: 'mute',
  off: 'mute',
};

/** Says honestly whether new events come in, and lets the reader stop them. */
export function LiveState(props: { state: State | 'paused' | 'off'; onPause: () => void }) {
  const { state } = props;
  const paused = state === 'paused';
  return (
    <div className={s.live}>
      <Tooltip label={t.hints[state]} multiline maw={280}>
        <span role="status" className={s.liveState} data-state={state}>
          <Pill tone={tones[state]} dot plain>
            {t.states[state]}
          </Pill>
        </span>
      </Tooltip>
      {state !== 'off' && (
        <Button
          variant="default"
          size="xs"
          leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={props.onPause}
        >
          {paused ? t.resume : t.pause}
        </Button>
      )}
    </div>
  );
}
