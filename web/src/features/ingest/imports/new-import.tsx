import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { customerQuery } from '@/api/customers';
import { texts } from '@/texts/imports';
import { Notice } from '@/ui/notice';
import { entityTypesQuery } from '../entities/entities-api';
import { ColumnTable } from './column-table';
import { DropFiles } from './drop-files';
import s from './imports.module.css';
import { previewImport } from './imports-api';
import { guess, lacks, type Mapping, toYaml } from './mapping';
import { MappingHead } from './mapping-head';
import { MappingSource } from './mapping-source';
import { PreviewResult } from './preview-result';
import { StartImport } from './start-import';

const route = getRouteApi('/inside/customers/$id/imports/new');
const t = texts.add;
const tryDelayMs = 400;

/** Choose files, say what each column is, see what would come of it, start: all on one page, each part when it makes sense. */
export default function NewImport() {
  const { id } = route.useParams();
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  const navigate = useNavigate();
  const client = useQueryClient();
  const [files, setFiles] = useState<File[]>([]);
  const [mapping, setMapping] = useState<Mapping>();
  const [text, setText] = useState<string>();
  const key = files.map((file) => `${file.name}/${file.size}/${file.lastModified}`).join();
  const look = useQuery({
    queryKey: ['imports', id, 'look', key],
    queryFn: ({ signal }) => previewImport(id, files, undefined, signal),
    enabled: files.length > 0,
    retry: false,
  });
  const { data: types } = useQuery(entityTypesQuery(id));
  const first = look.data?.files[0];
  const zone = customer.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  useEffect(() => setMapping(first && guess(first, zone)), [first, zone]);
  const missing = text === undefined && mapping ? lacks(mapping) : undefined;
  const form = mapping && !lacks(mapping) ? toYaml(mapping) : undefined;
  const yaml = useSettled(text === undefined ? form : text.trim() || undefined);
  const tried = useQuery({
    queryKey: ['imports', id, 'try', key, yaml],
    queryFn: ({ signal }) => previewImport(id, files, yaml, signal),
    enabled: files.length > 0 && yaml !== undefined,
    placeholderData: (before) => before,
    retry: false,
  });
  const known = [...new Set(types?.items.flatMap((type) => type.eventTypes))].sort();
  return (
    <>
      <div className={s.head}>
        <Link to="/customers/$id/imports" params={{ id }} className={s.back} aria-label={t.back}>
          <IconArrowLeft size={16} stroke={1.7} />
        </Link>
        <h2 className={s.name}>{t.title}</h2>
      </div>
      <div className={s.page}>
        <DropFiles
          files={files}
          previews={look.data?.files ?? []}
          busy={look.isFetching}
          onFiles={setFiles}
        />
        {look.error && <Notice tone="bad">{look.error.message}</Notice>}
        {files.length > 0 && first && mapping && (
          <>
            <MappingSource customer={id} zone={customer.timeZone} text={text} form={form} onText={setText} />
            {text === undefined && (
              <>
                <MappingHead mapping={mapping} known={known} onChange={setMapping} />
                <ColumnTable file={first} mapping={mapping} onChange={setMapping} />
              </>
            )}
            {missing ? (
              <Notice tone="warn">{t.lacks[missing]}</Notice>
            ) : (
              <>
                {tried.error && <Notice tone="bad">{tried.error.message}</Notice>}
                {yaml && tried.data && (
                  <PreviewResult preview={tried.data} yaml={yaml} busy={tried.isFetching} />
                )}
                {yaml && tried.data?.report && (
                  <StartImport
                    key={yaml}
                    customer={id}
                    files={files}
                    yaml={yaml}
                    preview={tried.data}
                    onStarted={async (started) => {
                      await client.invalidateQueries({ queryKey: ['imports', id, 'list'] });
                      await navigate({
                        to: '/customers/$id/imports/$import',
                        params: { id, import: started.id },
                      });
                    }}
                  />
                )}
              </>
            )}
          </>
        )}
      </div>
    </>
  );
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string | undefined) {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settled === undefined ? 0 : tryDelayMs);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return text === undefined ? undefined : settled;
}
