import { queryOptions } from '@tanstack/react-query';
import { json } from './http';

/** One playbook in the library. */
export interface PlaybookSummary {
  id: string;
  version: number;
  title: string;
  kind: string;
  summary: string | null;
  /** The last day that it names. */
  days: number;
  phases: number;
  tasks: number;
  meetings: number;
  source: 'shipped' | 'installation';
  faults: number;
}

export interface PlaybookParameter {
  id: string;
  title: string;
  type: 'boolean' | 'number' | 'text' | 'date' | 'choice';
  default?: unknown;
  options?: string[];
}

export interface PlaybookRole {
  role: string;
  hours: number | null;
  per: 'plan' | 'week';
  side: 'ours' | 'customer';
}

export interface PlaybookStep {
  /** Counted from the beginning: `+2h30m`. */
  at: string;
  title: string;
  role: string | null;
  check: string | null;
}

/** Anything that is done on a day. Which members are filled depends on its kind. */
export interface PlaybookItem {
  id: string;
  kind: 'task' | 'milestone' | 'meeting' | 'deliverable' | 'hand-off';
  title: string;
  role: string | null;
  side?: 'ours' | 'customer';
  audience?: string;
  /** Nominal days, 1 is the start. */
  from: number;
  to: number | null;
  at: string | null;
  minutes: number | null;
  effortHours: number | null;
  details: string | null;
  checklist: string[];
  after: { item: string; kind: string; lagDays: number }[];
  when: string | null;
  every: string | null;
  attendees: string[];
  agenda: { title: string; minutes: number | null; lead: string | null; notes: string | null }[];
  outcomes: string[];
  prework: string[];
  signOff: string | null;
  handOff: { from: string; to: string; items: string[]; verify: string[]; signOff: string | null } | null;
}

export interface PlaybookGate {
  id: string;
  title: string;
  authority: string[];
  criteria: {
    id: string;
    statement: string;
    formula: string | null;
    attestedBy: string | null;
    evidence: string | null;
  }[];
}

export interface PlaybookPhase {
  id: string;
  title: string;
  goal: string | null;
  from: number;
  /** Null where the phase has no end. */
  to: number | null;
  after: string[];
  gate: PlaybookGate | null;
  items: PlaybookItem[];
  checklists: { id: string; title: string; role: string | null; moment: string | null; items: string[] }[];
  cutover: {
    day: number;
    starts: string;
    decideBy: string | null;
    within: string | null;
    steps: PlaybookStep[];
  } | null;
  timeline: PlaybookStep[];
}

export interface PlaybookModel {
  days: 'calendar' | 'business';
  start: string | null;
  parameters: PlaybookParameter[];
  roles: PlaybookRole[];
  phases: PlaybookPhase[];
  signOffs: { id: string; title: string; of: string; by: string[]; inOrder: boolean }[];
  budget: { ours: number | null; customer: number | null } | null;
  targets: { id: string; title: string; day: number; goal: string; unit: string | null }[];
}

export interface LintFault {
  line: number;
  column: number;
  code: string;
  detail: string;
  fix: string | null;
}

export interface Playbook extends PlaybookSummary {
  /** The YAML as it was written. */
  text: string;
  /** Null where the text has faults that leave no playbook. */
  model: PlaybookModel | null;
}

export interface PlaybookVersion {
  version: number;
  source: 'shipped' | 'installation';
  at: string | null;
  by: { id: string; name: string } | null;
}

export interface PlaybookDifference {
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before: string | null;
  after: string | null;
  text: string;
}

const at = (playbook: string) => `/v1/playbooks/${encodeURIComponent(playbook)}`;

export const playbooksQuery = queryOptions({
  queryKey: ['playbooks', 'list'],
  queryFn: async ({ signal }) =>
    (await json<{ items: PlaybookSummary[] }>('GET', '/v1/playbooks', { signal })).items,
  staleTime: 60_000,
});

export const playbookQuery = (playbook: string, version?: number) =>
  queryOptions({
    queryKey: ['playbooks', 'one', playbook, version ?? 0],
    queryFn: ({ signal }) => json<Playbook>('GET', at(playbook), { query: { version }, signal }),
    staleTime: 60_000,
  });

export const playbookVersionsQuery = (playbook: string) =>
  queryOptions({
    queryKey: ['playbooks', 'one', playbook, 'versions'],
    queryFn: async ({ signal }) =>
      (await json<{ items: PlaybookVersion[] }>('GET', `${at(playbook)}/versions`, { signal })).items,
  });

export const playbookDiffQuery = (playbook: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['playbooks', 'one', playbook, 'diff', from, to],
    queryFn: async ({ signal }) =>
      (
        await json<{ changes: PlaybookDifference[] }>('GET', `${at(playbook)}/diff`, {
          query: { from, to },
          signal,
        })
      ).changes,
  });

export const lintQuery = (text: string, name: string) =>
  queryOptions({
    queryKey: ['playbooks', 'lint', name, text],
    queryFn: ({ signal }) =>
      json<{ faults: LintFault[]; warnings: LintFault[] }>('POST', '/v1/playbooks/lint', {
        body: { text, name },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    retry: false,
  });

/** Stores a text as this installation's own version; the server refuses with 412 when another was faster. */
export const savePlaybook = (playbook: string, text: string, version: number) =>
  json<Playbook>('PUT', at(playbook), { body: { text }, ifMatch: version });
