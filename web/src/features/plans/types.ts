// The shapes of plans over HTTP, as the server sends them.

export type ItemKind = 'task' | 'milestone' | 'meeting' | 'deliverable' | 'hand-off';
export type ItemState = 'open' | 'in-progress' | 'done' | 'cancelled';
export type PlanState = 'active' | 'paused' | 'closed';
export type DependencyKind = 'FS' | 'SS' | 'FF' | 'SF';
export type Audience = 'internal' | 'shared' | 'customer';

/** First and last day, both included. */
export interface Span {
  start: string;
  finish: string;
}

export interface Dependency {
  /** The id of the item that this one waits for. */
  item: string;
  kind: DependencyKind;
  /** Business days; negative to overlap. */
  lagDays: number;
}

/** One step of how a date or a figure came about. */
export interface DerivationStep {
  text: string;
  value?: string | null;
  parts?: DerivationStep[];
}

export interface Derivation {
  question: string;
  result: string;
  unit?: string | null;
  inputs?: { name: string; value: string; source: string; unit?: string | null }[];
  steps?: DerivationStep[];
  missing?: string[];
}

export interface ChecklistEntry {
  id: string;
  text: string;
  done: boolean;
}

export interface PersonRef {
  id: string;
  name: string;
}

export interface PlanItem extends Span {
  id: string;
  /** Its id in the playbook. */
  key: string | null;
  kind: ItemKind;
  phase: string;
  title: string;
  details: string | null;
  role: string | null;
  side: 'ours' | 'customer';
  owner: PersonRef | null;
  audience: Audience;
  state: ItemState;
  /** 0 to 100. */
  percentDone: number;
  /** A clock time in the customer's zone, with its length in minutes. */
  at: string | null;
  minutes: number | null;
  workingDays: number;
  effortHours: number | null;
  loggedHours: number;
  pinned: boolean;
  /** It has no dates yet; `start` and `finish` only say where it is drawn. */
  undated?: boolean;
  baselineStart: string | null;
  baselineFinish: string | null;
  /** Business days by which it may slip without moving the end; null for what is done, cancelled or undated. */
  slackDays: number | null;
  critical: boolean;
  after: Dependency[];
  checklist: ChecklistEntry[];
  why: DerivationStep[];
  version: number;
  late: boolean;
}

export interface PlanPhase extends Span {
  id: string;
  title: string;
  goal: string | null;
  baselineStart: string;
  baselineFinish: string;
  state: string;
}

export interface Milestone {
  item?: string | null;
  baseline: string | null;
  forecast: string | null;
  /** Calendar days after the baseline; negative for earlier. */
  slipDays: number | null;
  /** Whether it is within three days of the baseline. */
  withinTolerance: boolean | null;
}

export interface PlanCalendar {
  timeZone: string;
  /** Today there. */
  today: string;
  closed: { date: string; name: string }[];
}

export interface Plan {
  id: string;
  customer: string;
  title: string;
  playbook: { id: string; version: number; sha256: string; title: string };
  state: PlanState;
  start: string;
  version: number;
  phases: PlanPhase[];
  items: PlanItem[];
  goLive: Milestone;
  finish: Milestone;
  /** Shares of the work, 0 to 100. */
  progress: { planned: number; earned: number };
  calendar: PlanCalendar;
}

export interface PlanSummary {
  id: string;
  title: string;
  playbook: string;
  playbookVersion: number;
  state: PlanState;
  start: string;
  goLive: Milestone;
  finish: Milestone;
  progress: { planned: number; earned: number };
  late: number;
  version: number;
}

export interface PlanStart {
  playbook: string;
  version?: number;
  start: string;
  parameters?: Record<string, unknown>;
  owners?: Record<string, string>;
  title?: string;
}

/** What a plan would be. Its items have no ids yet: their keys stand in the place of ids. */
export interface PlanPreview {
  playbook: string;
  version: number;
  title: string;
  start: string;
  finish: string | null;
  goLive: string | null;
  phases: PlanPhase[];
  items: PlanItem[];
  budget: RoleBudget[];
  calendar: PlanCalendar;
  /** What a person should look at before the start. */
  faults: string[];
  /** What a condition left out. */
  omissions: { id: string; title: string; why: Derivation }[];
}

export type ReflowChange =
  | { item: string; start: string }
  | { item: string; finish: string }
  | { item: string; pinned: boolean }
  | { item: string; workingDays: number }
  | { item: string; addDependency: Dependency }
  | { item: string; removeDependency: Dependency }
  | { planStart: string };

export interface Move {
  item: string;
  title: string;
  /** Null for what had no dates. */
  from: Span | null;
  to: Span;
  why: DerivationStep[];
}

export interface ReflowConflict {
  item: string;
  code: string;
  detail: string;
  /** Whether the change brings it about; what was so before keeps nobody from anything. */
  isNew: boolean;
  /** Whether accepting it is enough; a circle is never carried out. */
  canBeAccepted: boolean;
}

export interface ReflowPreview {
  /** The version of the plan that it was computed on. */
  basis: number;
  moves: Move[];
  conflicts: ReflowConflict[];
  goLive: { before: string | null; after: string | null };
  finish: { before: string | null; after: string | null };
  criticalPath: string[];
}

export interface Reflow {
  id: string;
  at: string;
  by: PersonRef | null;
  reason: string;
  moves: Move[];
  /** Whether it was undone since. */
  undone: boolean;
  /** The reflow that this one undid. */
  undoes: string | null;
  /** Whether it is the newest that was not undone. */
  canBeUndone: boolean;
}

export interface ItemChange {
  title?: string;
  state?: ItemState;
  owner?: string | null;
  role?: string | null;
  percentDone?: number;
  effortHours?: number | null;
  audience?: Audience;
  details?: string | null;
  checklist?: { id: string; done: boolean }[];
}

export interface NewItem extends Span {
  kind: 'task' | 'milestone';
  title: string;
  phase: string;
  role?: string;
  owner?: string;
  effortHours?: number;
  after?: Dependency[];
}

export interface TimeEntry {
  id: string;
  item: string;
  date: string;
  hours: number;
  role: string | null;
  note: string | null;
  by: PersonRef | null;
}

export interface SideBudget {
  /** Null when none was agreed. */
  budgetHours: number | null;
  loggedHours: number;
  remainingEffortHours: number;
  forecastHours: number;
}

export interface RoleBudget extends SideBudget {
  /** Null for work that has no role. */
  role: string | null;
  side: 'ours' | 'customer';
}

export interface PlanBudget {
  ours: SideBudget;
  customer: SideBudget;
  roles: RoleBudget[];
  weeks: { from: string; hours: number; roles: Record<string, number> }[];
}

export interface PlanProgress {
  asOf: string;
  planned: number;
  earned: number;
  curve: { date: string; planned: number; earned: number | null }[];
  goLive: Milestone;
  finish: Milestone;
  derivations: { progress: Derivation; goLive: Derivation; finish: Derivation };
}

export interface PlanChecklist {
  id: string;
  title: string;
  role: string | null;
  moment: string | null;
  phase: string | null;
  entries: (ChecklistEntry & { by: string | null; at: string | null })[];
  ready: boolean;
}

/** One item of the reader's own, wherever it is. */
export interface MyItem extends Span {
  id: string;
  plan: { id: string; title: string };
  customer: PersonRef;
  phase: string;
  loggedHours: number;
  late: boolean;
  kind: ItemKind;
  title: string;
  state: ItemState;
  percentDone: number;
  at: string | null;
  minutes: number | null;
  effortHours: number | null;
  version: number;
}

export interface MyDay {
  /** The day that was asked for; null for today where each customer is. */
  date: string | null;
  today: MyItem[];
  overdue: MyItem[];
  next: MyItem[];
  meetings: MyItem[];
}
