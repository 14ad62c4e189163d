import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ProblemError } from '@/api/http';
import { lintQuery, type Playbook, savePlaybook } from '@/api/playbooks';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/playbooks';
import { Notice } from '@/ui/notice';
import { toast } from '@/ui/toast';
import { Editor, type EditorHandle, SourceText } from './editor';
import { withVersion } from './editor-place';
import { LintPanel } from './lint-panel';
import s from './source.module.css';

const t = texts.source;
const restMs = 250;
const lostRace = 412;

/** The text of a playbook, and its faults as it is typed. Saved, it is this installation's own version. */
export default function Source({ playbook }: { playbook: Playbook }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useState(playbook.text);
  const [editing, setEditing] = useState(false);
  const editor = useRef<EditorHandle>(null);
  const [settled] = useDebouncedValue(text, restMs);
  const lint = useQuery({ ...lintQuery(settled, playbook.id), placeholderData: keepPreviousData });
  // A version that is kept must be higher than every one there is, which nobody should have to remember.
  const begun = withVersion(playbook.text, playbook.version + 1);
  const isDirty = editing && text !== begun;
  // A text that was written for an hour is not lost by a click on a link.
  useBlocker({
    shouldBlockFn: () => isDirty && !saved.current && !window.confirm(t.leave),
    enableBeforeUnload: isDirty,
  });
  const saved = useRef(false);
  const save = useMutation({
    mutationFn: () => savePlaybook(playbook.id, text, playbook.version),
    onSuccess: async (next) => {
      saved.current = true;
      await client.invalidateQueries({ queryKey: ['playbooks'] });
      await navigate({
        to: '/playbooks/$playbook',
        params: { playbook: playbook.id },
        search: { view: 'versions', from: playbook.version, version: next.version },
      });
      await toast(t.saved(next.version));
    },
  });
  const faults = lint.data?.faults ?? [];
  const isBehind = settled !== text || lint.isPlaceholderData;
  const edit = () => {
    if (editing) return;
    setText(begun);
    setEditing(true);
  };
  const go = (line: number, column: number) => {
    edit();
    requestAnimationFrame(() => editor.current?.goTo(line, column));
  };
  return (
    <div className={s.columns}>
      <div className={s.main}>
        <div className={s.toolbar}>
          {editing ? (
            <>
              <span className={s.hint}>{isDirty ? t.changed : t.unchanged}</span>
              <Button
                variant="default"
                onClick={() => {
                  setText(playbook.text);
                  setEditing(false);
                }}
              >
                {common.cancel}
              </Button>
              <Button
                loading={save.isPending}
                disabled={!isDirty || isBehind || faults.length > 0}
                onClick={() => save.mutate()}
              >
                {t.save}
              </Button>
            </>
          ) : (
            <>
              <span className={s.hint}>{t.reading}</span>
              <Button variant="default" leftSection={<IconPencil size={15} />} onClick={() => edit()}>
                {t.edit}
              </Button>
            </>
          )}
        </div>
        {save.error && (
          <Notice tone="bad">
            {save.error instanceof ProblemError && save.error.status === lostRace
              ? t.lost
              : save.error.message}
          </Notice>
        )}
        {editing ? (
          <Editor ref={editor} text={text} faults={faults} onChange={setText} label={t.label(playbook.id)} />
        ) : (
          <SourceText text={text} faults={faults} label={t.label(playbook.id)} />
        )}
      </div>
      <LintPanel
        name={playbook.id}
        faults={faults}
        warnings={lint.data?.warnings ?? []}
        isBehind={isBehind}
        error={lint.error}
        onGo={go}
      />
    </div>
  );
}
