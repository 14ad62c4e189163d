import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Receipt } from '@/api/types';
import { download } from '@/lib/csv';
import { texts } from '@/texts/receipts';
import { Code } from '@/ui/copy';
import { Card } from '@/ui/primitives';
import s from './receipts.module.css';

const t = texts.files;
const verify = `cairn-verify proof ${t.proof} --receipt ${t.receipt} --vkey-file ${t.vkey}`;
const openssl = `jq -j .signed_text ${t.receipt} | openssl dgst -sha256 -hmac "$SECRET"`;

/** The way to the same verdict without this page: three files, one command, and the signature with OpenSSL alone. */
export function ReceiptFiles(props: { receipt: Receipt; proof: string | null; vkey: string | null }) {
  const files: [string, string | null][] = [
    [t.receipt, `${JSON.stringify(props.receipt, null, 2)}\n`],
    [t.proof, props.proof],
    [t.vkey, props.vkey],
  ];
  return (
    <Card title={t.title} sub={t.sub}>
      <div className={s.files}>
        {files.map(([name, text]) => (
          <Button
            key={name}
            variant="default"
            leftSection={<IconDownload size={14} />}
            disabled={text === null}
            onClick={() => text !== null && download(name, 'text/plain;charset=utf-8', text)}
          >
            {name}
          </Button>
        ))}
      </div>
      <Code value={verify} what={t.command} />
      <p className={s.filesNote}>{t.opensslNote}</p>
      <Code value={openssl} what={t.openssl} />
      <p className={s.filesNote}>{t.keyNote}</p>
    </Card>
  );
}
