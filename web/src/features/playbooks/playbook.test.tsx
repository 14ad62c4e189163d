import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { Playbook } from '@/api/playbooks';
import { open } from '@/test/open';
import { server } from '@/test/server';

const text = 'playbook: short\nversion: 1\ntitle: Short\nkind: review\n';
const playbook: Playbook = {
  id: 'short',
  version: 1,
  title: 'Short',
  kind: 'review',
  summary: 'A short one.',
  days: 5,
  phases: 1,
  tasks: 1,
  meetings: 1,
  source: 'shipped',
  faults: 0,
  text,
  model: {
    days: 'calendar',
    start: 'kickoff',
    parameters: [],
    roles: [{ role: 'csm-lead', hours: 8, per: 'week', side: 'ours' }],
    phases: [
      {
        id: 'only',
        title: 'The only phase',
        goal: 'All is done.',
        from: 1,
        to: 5,
        after: [],
        gate: null,
        items: [
          {
            id: 'meet',
            kind: 'meeting',
            title: 'Meet',
            role: 'csm-lead',
            from: 1,
            to: 1,
            at: '09:00',
            minutes: 60,
            effortHours: null,
            details: null,
            checklist: [],
            after: [],
            when: null,
            every: null,
            attendees: [],
            agenda: [{ title: 'Welcome', minutes: 45, lead: null, notes: null }],
            outcomes: [],
            prework: [],
            signOff: null,
            handOff: null,
          },
        ],
        checklists: [],
        cutover: null,
        timeline: [],
      },
    ],
    signOffs: [],
    budget: null,
    targets: [],
  },
};

beforeEach(() => {
  server.use(
    http.get('*/v1/playbooks', () => HttpResponse.json({ items: [playbook] })),
    http.get('*/v1/playbooks/short', () => HttpResponse.json(playbook)),
    http.post('*/v1/playbooks/lint', async ({ request }) => {
      const { text } = (await request.json()) as { text: string };
      const fault = {
        line: 4,
        column: 7,
        code: 'kind',
        detail: 'There is no kind “revue”.',
        fix: 'Write review.',
      };
      return HttpResponse.json({ faults: text.includes('revue') ? [fault] : [], warnings: [] });
    }),
  );
});

it('is listed by its kind and read with its agenda, whose open time is shown', async () => {
  open('/playbooks');
  await userEvent.click(await screen.findByRole('link', { name: /^Short/ }));
  expect(await screen.findByRole('heading', { name: 'The only phase' })).toBeInTheDocument();
  expect(screen.getByText('45 min')).toBeInTheDocument();
  expect(screen.getByText('Open time')).toBeInTheDocument();
});

it('names a fault as it is typed, leads to its place, and is not kept before it is gone', async () => {
  const kept: string[] = [];
  server.use(
    http.put('*/v1/playbooks/short', async ({ request }) => {
      kept.push(((await request.json()) as { text: string }).text);
      return HttpResponse.json({ ...playbook, version: 2 });
    }),
    http.get('*/v1/playbooks/short/versions', () => HttpResponse.json({ items: [] })),
    http.get('*/v1/playbooks/short/diff', () => HttpResponse.json({ changes: [] })),
  );
  open('/playbooks/short?view=source');
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  const editor = screen.getByRole<HTMLTextAreaElement>('textbox');
  expect(editor.value).toContain('version: 2');
  fireEvent.input(editor, { target: { value: editor.value.replace('review', 'revue') } });
  const faults = await screen.findByRole('list', { name: 'Faults' });
  expect(within(faults).getByText('Fix: Write review.')).toBeInTheDocument();
  const save = screen.getByRole('button', { name: 'Save as our version' });
  expect(save).toBeDisabled();
  await userEvent.click(within(faults).getByRole('button', { name: 'short.yaml:4:7' }));
  await waitFor(() => expect(editor).toHaveFocus());
  expect(editor.selectionStart).toBe(editor.value.indexOf('revue'));
  fireEvent.input(editor, {
    target: { value: editor.value.replace('revue', 'review').replace('Short', 'Shorter') },
  });
  await waitFor(() => expect(save).toBeEnabled());
  await userEvent.click(save);
  await waitFor(() => expect(kept).toEqual([text.replace('1', '2').replace('Short', 'Shorter')]));
});
