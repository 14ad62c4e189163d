import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { texts } from '@/texts/common';
import s from './ui.module.css';

/** Puts a text on the clipboard and says so. `what` names the text for those who cannot see beside which it stands. */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const clipboard = useClipboard({ timeout: 1_500 });
  return (
    <Button
      variant="default"
      size="compact-xs"
      className="no-print"
      aria-label={clipboard.copied ? texts.copied : `${texts.copy}: ${what}`}
      leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      onClick={() => clipboard.copy(value)}
    >
      {clipboard.copied ? texts.copied : texts.copy}
    </Button>
  );
}

/** A block of text to copy: a command, a key, a document. */
export function Code({ value, what, wrap }: { value: string; what: string; wrap?: boolean }) {
  return (
    <div className={s.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label={what} tabIndex={0} className={s.codeText}>
        <pre className={wrap ? s.codeWrap : undefined}>{value}</pre>
      </section>
      <div className={s.codeCopy}>
        <CopyButton value={value} what={what} />
      </div>
    </div>
  );
}
