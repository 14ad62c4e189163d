import { texts } from '@/texts/common';
import { takeEarly } from './early';

/** One thing wrong with an input: a JSON pointer, a stable code and a sentence that names the fix. */
export interface Fault {
  pointer: string;
  code: string;
  detail: string;
}

/** The body of every refusal (RFC 9457, `application/problem+json`). */
export interface Problem {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code?: string;
  faults?: Fault[];
  [extension: string]: unknown;
}

/** A request that the server refused, or that never reached it (`status` 0). */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title ?? texts.errors.unexplained(problem.status));
    this.problem = problem;
  }

  get status() {
    return this.problem.status;
  }

  get code() {
    return this.problem.code;
  }

  /** The sentence for one input, by the name of its member. */
  faultOf(member: string) {
    return this.problem.faults?.find((fault) => fault.pointer === `/${member}`)?.detail;
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

export interface Sending {
  query?: Query;
  /** JSON, or a file that is sent as it is with its own type. */
  body?: unknown;
  /** The version that an update is based on; the server answers 412 when somebody was faster. */
  ifMatch?: number;
  /** A text of one's own for a write: a repeat with the same text gets the first answer and writes nothing. */
  idempotencyKey?: string;
  /** Further headers of the request. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The address with its query; members that are undefined or empty are left out. */
export function address(path: string, query: Query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Sends and gives the answer as it came; throws `ProblemError` for anything that is not a success. */
export async function send(method: string, path: string, sending: Sending = {}): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...sending.headers };
  const file = sending.body instanceof Blob ? sending.body : undefined;
  if (sending.body !== undefined) headers['content-type'] = file?.type ?? 'application/json';
  if (sending.ifMatch !== undefined) headers['if-match'] = `"${sending.ifMatch}"`;
  if (sending.idempotencyKey) headers['idempotency-key'] = sending.idempotencyKey;
  const to = address(path, sending.query);
  let response: Response;
  try {
    const early = method === 'GET' ? takeEarly(to) : undefined;
    response = await (early ??
      fetch(new URL(to, location.origin), {
        method,
        headers,
        body: file ?? (sending.body === undefined ? undefined : JSON.stringify(sending.body)),
        signal: sending.signal,
        credentials: 'same-origin',
      }));
  } catch (cause) {
    if (sending.signal?.aborted) throw cause;
    throw new ProblemError({ status: 0, code: 'unreachable', detail: texts.errors.unreachable });
  }
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response;
}

/** The JSON of an answer; `undefined` for an answer without one. */
export async function json<T>(method: string, path: string, sending?: Sending): Promise<T> {
  const response = await send(method, path, sending);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return { status: response.status };
  try {
    return { ...((await response.json()) as Problem), status: response.status };
  } catch {
    // An answer that is cut off in the middle is a refusal without an explanation.
    return { status: response.status };
  }
}
