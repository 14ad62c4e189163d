import { useMutation } from '@tanstack/react-query';
import { texts } from '@/texts/portal';
import { askForLink } from './api';
import { Door } from './parts';

const t = texts.ask;

/** Asks for a sign-in link. What comes of it is only ever said by mail. */
export function Ask() {
  const ask = useMutation({ mutationFn: askForLink });
  if (ask.isSuccess) {
    return (
      <Door title={t.sentTitle}>
        <p role="status">{t.sent(ask.variables)}</p>
        <p className="soft">{t.sentHint}</p>
        <button type="button" className="plain-button" onClick={() => ask.reset()}>
          {t.again}
        </button>
      </Door>
    );
  }
  return (
    <Door title={t.title}>
      <p>{t.lead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate(String(new FormData(event.currentTarget).get('email')).trim());
        }}
      >
        <label htmlFor="email">{t.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          aria-describedby={ask.error ? 'ask-error' : undefined}
          aria-invalid={ask.error ? true : undefined}
        />
        {ask.error && (
          <p id="ask-error" role="alert" className="fault">
            {ask.error.message}
          </p>
        )}
        <button type="submit" className="button wide" disabled={ask.isPending}>
          {t.submit}
        </button>
      </form>
    </Door>
  );
}
