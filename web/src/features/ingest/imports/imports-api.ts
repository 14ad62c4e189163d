import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { address, json, type Problem, ProblemError } from '@/api/http';
import type { Page } from '@/api/types';
import { texts as common } from '@/texts/common';
import type { Reconciliation } from '../quality/quality-api';

export interface ColumnPreview {
  name: string;
  type: 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp' | 'text';
  format: string | null;
  blanks: number;
  distinct: number;
}

export interface FilePreview {
  name: string;
  bytes: number;
  delimiter: string;
  encoding: string;
  columns: ColumnPreview[];
  rows: string[][];
  sampled: number;
}

export interface MadeEvent {
  id: string;
  source: string;
  type: string;
  subject?: string;
  time: string;
  data: Record<string, unknown>;
}

export interface RowFault {
  file: string;
  row: number;
  line: number;
  column: string | null;
  value: string | null;
  code: string;
  detail: string;
}

export interface Finding {
  count: number;
  first: { file: string; row: number; value: string | null }[];
}

export interface ImportReport {
  rows: number;
  accepted: number;
  repeated: number;
  rejected: number;
  flagged: number;
  mapped: number;
  files: number;
  dryRun: boolean;
  seconds: number;
  stopped?: { code: string; detail: string };
  controlSums: Record<string, string | number>;
  flags: Record<string, Finding>;
  blanks: Record<string, number>;
  exactRepeats: Finding;
  ignoredColumns: string[];
  /** The first hundred. */
  faults: RowFault[];
  firstEvents?: MadeEvent[];
}

export interface Preview {
  files: FilePreview[];
  mappingFaults: { pointer: string; code: string; detail: string }[] | null;
  report: ImportReport | null;
  isWhole: boolean;
}

export interface Import {
  id: string;
  state: 'waiting' | 'running' | 'finished' | 'stopped' | 'failed';
  isDryRun: boolean;
  files: string[];
  progress: { bytesTotal: number; bytesDone: number; rows: number; rejected: number };
  actor: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  batch: string | null;
  mapping: string | null;
  report: ImportReport | null;
  reconciliation: Reconciliation | null;
  problem: Problem | null;
}

const pageSize = 50;
const watchEveryMs = 700;
/** As much of a file as the server looks into for a preview: there is no need to send more. */
const previewBytes = 4 * 1024 * 1024;

export const isUnderWay = (one: Import) => one.state === 'waiting' || one.state === 'running';

export const importsQuery = (customer: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', customer, 'list'],
    queryFn: ({ pageParam, signal }) =>
      json<Page<Import>>('GET', '/v1/imports', {
        query: { customer, limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some(isUnderWay)) ? watchEveryMs : false,
  });

export const importQuery = (customer: string, id: string) =>
  queryOptions({
    queryKey: ['imports', customer, 'one', id],
    queryFn: ({ signal }) =>
      json<Import>('GET', `/v1/imports/${encodeURIComponent(id)}`, { query: { customer }, signal }),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? watchEveryMs : false),
  });

export const stopImport = (customer: string, id: string) =>
  json<Import>('POST', `/v1/imports/${encodeURIComponent(id)}/cancellation`, { query: { customer } });

/** What the files look like and, with a mapping, what would become of their beginning. */
export async function previewImport(
  customer: string,
  files: File[],
  mapping: string | undefined,
  signal?: AbortSignal,
): Promise<Preview> {
  const form = new FormData();
  let isWhole = true;
  for (const file of files) {
    isWhole &&= file.size <= previewBytes;
    form.append('file', await beginningOf(file), file.name);
  }
  if (mapping) form.append('mapping', mapping);
  const response = await fetch(new URL(address('/v1/import-previews', { customer }), location.origin), {
    method: 'POST',
    body: form,
    signal,
    credentials: 'same-origin',
  });
  if (!response.ok) throw new ProblemError(problemOf(response.status, await response.text()));
  const preview = (await response.json()) as Preview;
  return { ...preview, isWhole: preview.isWhole && isWhole };
}

/** The whole lines within the limit. */
async function beginningOf(file: File): Promise<Blob> {
  if (file.size <= previewBytes) return file;
  const start = await file.slice(0, previewBytes).arrayBuffer();
  const newline = 10;
  return new Blob([start.slice(0, new Uint8Array(start).lastIndexOf(newline) + 1)]);
}

/** Sends the files; `onSent` hears which share of them is on its way, which `fetch` cannot tell. */
export function startImport(
  customer: string,
  sending: { files: File[]; mapping: string; expected?: string },
  onSent: (share: number) => void,
): Promise<Import> {
  const form = new FormData();
  form.append('mapping', sending.mapping);
  if (sending.expected) form.append('expected', sending.expected);
  for (const file of sending.files) form.append('file', file, file.name);
  const request = new XMLHttpRequest();
  const taken = 202;
  return new Promise((resolve, reject) => {
    request.open('POST', address('/v1/imports', { customer }));
    request.upload.onprogress = (event) => event.lengthComputable && onSent(event.loaded / event.total);
    request.onerror = () =>
      reject(new ProblemError({ status: 0, code: 'unreachable', detail: common.errors.unreachable }));
    request.onload = () =>
      request.status === taken
        ? resolve(JSON.parse(request.responseText) as Import)
        : reject(new ProblemError(problemOf(request.status, request.responseText)));
    request.send(form);
  });
}

function problemOf(status: number, text: string): Problem {
  try {
    return { ...(JSON.parse(text) as Problem), status };
  } catch {
    // An answer that is no document is a refusal without an explanation.
    return { status };
  }
}
