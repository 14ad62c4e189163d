import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ProblemError } from '@/api/http';
import { texts } from '@/texts/settings';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import { changePassword } from './api';

const t = texts.password;

/** One's own password. */
export function PasswordCard() {
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      form.current?.reset();
      await client.invalidateQueries({ queryKey: ['open-sessions'] });
      await toast(t.done);
    },
  });
  const problem = change.error instanceof ProblemError ? change.error : undefined;
  return (
    <Card title={t.title} sub={t.sub}>
      <form
        ref={form}
        className={ui.form}
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          change.mutate({ current: String(data.get('current')), password: String(data.get('password')) });
        }}
      >
        {change.error && !problem?.problem.faults?.length && (
          <Notice tone="bad">{change.error.message}</Notice>
        )}
        <PasswordInput
          size="sm"
          label={t.current}
          name="current"
          autoComplete="current-password"
          required
          withAsterisk={false}
          error={problem?.faultOf('current')}
        />
        <PasswordInput
          size="sm"
          label={t.fresh}
          description={t.hint}
          name="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          error={problem?.faultOf('password')}
        />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t.submit}
          </Button>
        </div>
      </form>
    </Card>
  );
}
