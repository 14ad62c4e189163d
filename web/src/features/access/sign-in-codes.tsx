import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { texts } from '@/texts/sign-in';
import { CopyButton } from '@/ui/copy';
import s from './sign-in.module.css';
import type { Proposal } from './sign-in-api';
import { QrCode } from './sign-in-qr';

/** Where the six digits of an app are typed; phones offer them by themselves. */
export function CodeInput(props: {
  label: string;
  error?: string;
  description?: string;
  required?: boolean;
}) {
  return (
    <TextInput
      size="sm"
      className={s.code}
      label={props.label}
      description={props.description}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9 ]*"
      maxLength={8}
      required={props.required ?? true}
      withAsterisk={false}
      error={props.error}
    />
  );
}

/** What an app needs to be set up: a QR code, and the same to be typed. */
export function ProposalShown({ proposal }: { proposal: Proposal }) {
  const t = texts.totp;
  return (
    <div className={s.scan}>
      <p className={s.step}>{t.scan}</p>
      <QrCode value={proposal.uri} label={t.scanLabel} />
      <p className={s.step}>{t.noCamera}</p>
      <div className={s.secretRow}>
        <span className={s.secret}>{proposal.secret.match(/.{1,4}/g)?.join(' ')}</span>
        <CopyButton value={proposal.secret} what={t.secret} />
      </div>
    </div>
  );
}

/** Recovery codes, which are shown once: to be copied or downloaded before going on. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = texts.recovery;
  const text = codes.join('\n');
  return (
    <>
      <ol className={s.codes} aria-label={t.what}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={s.keep}>
        <CopyButton value={text} what={t.what} />
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconDownload size={13} />}
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="cairn-recovery-codes.txt"
        >
          {t.download}
        </Button>
      </div>
      <Button fullWidth size="sm" onClick={onKept}>
        {t.kept}
      </Button>
    </>
  );
}
