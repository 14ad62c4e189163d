import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { bytes } from '@/lib/format';
import { texts } from '@/texts/imports';
import { Notice } from '@/ui/notice';
import s from './imports.module.css';
import type { FilePreview } from './imports-api';

const t = texts.add;
const isCsv = (file: File) => /\.(csv|tsv|txt)$/i.test(file.name) || file.type === 'text/csv';

/** A place to drop files on, and a button for those who do not drag. */
export function DropFiles(props: {
  files: File[];
  previews: FilePreview[];
  busy: boolean;
  onFiles: (files: File[]) => void;
}) {
  const { files } = props;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string>();
  const take = (list: FileList | null) => {
    const given = [...(list ?? [])];
    const strange = given.find((file) => !isCsv(file));
    setRefused(strange?.name);
    if (!strange && given.length > 0) props.onFiles(given);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside is the keyboard's way */}
      <div
        className={s.drop}
        data-over={over || undefined}
        data-chosen={files.length > 0 || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {files.length === 0 ? (
          <>
            <IconUpload size={26} stroke={1.5} className={s.dropIcon} aria-hidden />
            <strong>{over ? t.dropHere : t.dropTitle}</strong>
            <span className={s.hint}>{t.drop}</span>
          </>
        ) : (
          <ul className={s.files}>
            {files.map((file) => (
              <FileLine
                key={file.name}
                file={file}
                preview={props.previews.find((one) => one.name === file.name)}
              />
            ))}
          </ul>
        )}
        <Button
          variant={files.length === 0 ? 'filled' : 'default'}
          loading={props.busy && props.previews.length === 0}
          onClick={() => input.current?.click()}
        >
          {files.length === 0 ? t.choose : t.other}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          multiple
          hidden
          aria-label={t.choose}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {refused && <Notice tone="bad">{t.notCsv(refused)}</Notice>}
    </>
  );
}

function FileLine({ file, preview }: { file: File; preview?: FilePreview }) {
  return (
    <li>
      <IconFileSpreadsheet size={18} stroke={1.6} aria-hidden />
      <span className={s.fileName}>{file.name}</span>
      <span className={s.hint}>
        {preview
          ? t.fileFacts(
              bytes(file.size),
              t.delimiters[preview.delimiter] ?? preview.delimiter,
              preview.encoding,
            )
          : bytes(file.size)}
      </span>
    </li>
  );
}
