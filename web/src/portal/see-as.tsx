import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { texts } from '@/texts/portal';
import { currentView, endView, forgetView, keepView } from './api';
import { Door } from './parts';
import { go, takeHash } from './path';

const t = texts.view;

/** Takes the look that the staff's page began into this tab: token, id and customer stand behind the hash. */
export function SeeAs() {
  const [hash] = useState(takeHash);
  const client = useQueryClient();
  useEffect(() => {
    const [token, id, customer] = hash.split('&');
    if (token && id && customer) keepView({ token, id, customer });
    client.clear();
    go('/', true);
  }, [hash, client]);
  return null;
}

/** Always in sight while somebody of the staff looks through a person's eyes. */
export function ViewBanner({ person }: { person: string }) {
  const view = currentView();
  const end = useMutation({
    mutationFn: async () => view && endView(view),
    onSettled: () => {
      forgetView();
      location.assign(view ? `/customers/${view.customer}/portal` : '/');
    },
  });
  return (
    <div className="view-banner" role="status" aria-label={t.label}>
      <span>{t.text(person)}</span>
      <button type="button" onClick={() => end.mutate()} disabled={end.isPending}>
        {t.end}
      </button>
    </div>
  );
}

/** The half hour is over, or the look was ended elsewhere. */
export function ViewOver() {
  const view = currentView();
  return (
    <Door title={t.over}>
      <p>{t.overText}</p>
      <a
        className="button wide"
        href={view ? `/customers/${view.customer}/portal` : '/'}
        onClick={forgetView}
      >
        {t.end}
      </a>
    </Door>
  );
}
