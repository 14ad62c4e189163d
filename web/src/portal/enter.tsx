import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '@/api/http';
import { texts } from '@/texts/portal';
import { Face } from '@/ui/primitives';
import { enter, forgetView } from './api';
import { Door, Waiting } from './parts';
import { go, Link, takeHash } from './path';

const t = texts.enter;

/** Comes in by the link of a mail: at once in the browser that asked for it, after a click elsewhere. */
export function Enter() {
  const [token] = useState(takeHash);
  const client = useQueryClient();
  const begun = useRef(false);
  const coming = useMutation({
    mutationFn: (confirmed: boolean) => enter(token, confirmed),
    onSuccess: async () => {
      forgetView();
      await client.resetQueries();
      go('/', true);
    },
  });
  const { mutate } = coming;
  useEffect(() => {
    // Once, also where React runs effects twice: a link works once.
    if (token && !begun.current) mutate(false);
    begun.current = true;
  }, [token, mutate]);

  if (!token) return <Closed title={t.noLink} text={t.noLinkText} />;
  const problem = coming.error instanceof ProblemError ? coming.error : null;
  if (problem && problem.code !== 'portal-confirmation-required') {
    return <Closed title={problem.problem.title ?? t.noLink} text={problem.message} />;
  }
  if (!problem && !coming.variables) {
    return (
      <Door title={t.opening}>
        <Waiting />
      </Door>
    );
  }
  return <Confirm who={problem?.problem} isBusy={coming.isPending} onConfirm={() => mutate(true)} />;
}

function Confirm(props: { who?: Record<string, unknown>; isBusy: boolean; onConfirm: () => void }) {
  // While the confirmed request is on its way the refusal that named the person is gone; the page keeps what it said.
  const [who, setWho] = useState(props.who);
  if (props.who && props.who !== who) setWho(props.who);
  const customer = String(who?.customer ?? '');
  const person = String(who?.person ?? '');
  return (
    <Door title={who?.invitation ? t.welcome(customer) : t.back(customer)}>
      <p>{t.as}</p>
      <div className="person">
        <Face name={person} size={44} />
        <div>
          <strong>{person}</strong>
          <span>{String(who?.email ?? '')}</span>
        </div>
      </div>
      <button type="button" className="button wide" disabled={props.isBusy} onClick={props.onConfirm}>
        {t.submit}
      </button>
    </Door>
  );
}

const Closed = ({ title, text }: { title: string; text: string }) => (
  <Door title={title}>
    <p role="alert">{text}</p>
    <Link to="/" className="button wide">
      {t.toAsk}
    </Link>
  </Door>
);
