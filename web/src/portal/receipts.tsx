import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';
import { instant } from '@/lib/format';
import { texts } from '@/texts/portal';
import { homeQuery, latestReceiptsQuery, receiptQuery } from './api';
import { Empty, Trouble, Waiting } from './parts';
import { go, Link, usePath } from './path';
import { OneReceipt } from './receipt';

const t = texts.find;
const addressOf = (id: string, source?: string) =>
  `/receipts?${new URLSearchParams(source ? { id, source } : { id })}`;

/** Receipts: a finder and the newest ones, or the one that the address names. */
export default function Receipts() {
  const { search } = usePath();
  const id = search.get('id');
  const source = search.get('source') ?? undefined;
  return (
    <div className="page">
      {id ? <Found id={id} source={source} /> : <Finder />}
      {!id && <Latest />}
    </div>
  );
}

function Finder({ id }: { id?: string }) {
  return (
    <>
      <div className="greeting">
        <h1>{t.title}</h1>
        <p>{t.lead}</p>
      </div>
      <form
        className="finder"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = String(new FormData(event.currentTarget).get('id')).trim();
          if (wanted) go(addressOf(wanted));
        }}
      >
        <label htmlFor="receipt-id">{t.id}</label>
        <div className="finder-row">
          <input
            id="receipt-id"
            name="id"
            required
            defaultValue={id}
            autoComplete="off"
            aria-describedby="receipt-id-hint"
          />
          <button type="submit" className="button">
            {t.submit}
          </button>
        </div>
        <p id="receipt-id-hint" className="soft">
          {t.idHint}
        </p>
      </form>
    </>
  );
}

function Found({ id, source }: { id: string; source?: string }) {
  const { data, error, refetch } = useQuery(receiptQuery(id, source));
  if (data) {
    return (
      <>
        <Link to="/receipts" className="back">
          ← {t.back}
        </Link>
        <OneReceipt {...data} />
      </>
    );
  }
  if (!error) return <Waiting />;
  const problem = error instanceof ProblemError ? error.problem : null;
  if (problem?.status === 404) {
    return (
      <>
        <Finder id={id} />
        <Empty title={t.notFound(id)}>
          <p>{t.notFoundText}</p>
        </Empty>
      </>
    );
  }
  if (problem?.status === 409 && Array.isArray(problem.sources)) {
    return (
      <Empty title={t.several}>
        <ul className="rows">
          {problem.sources.map((one) => (
            <li key={String(one)}>
              <Link to={addressOf(id, String(one))}>{String(one)}</Link>
            </li>
          ))}
        </ul>
      </Empty>
    );
  }
  return <Trouble error={error} onRetry={refetch} />;
}

function Latest() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(latestReceiptsQuery);
  const { data: home } = useQuery(homeQuery);
  if (error && !data) return <Trouble error={error} onRetry={refetch} />;
  if (!data) return <Waiting />;
  const items = data.pages.flatMap((page) => page.items);
  const isHidden = home && !home.shared.some((share) => share.kind === 'receipts');
  if (items.length === 0 && !hasNextPage) {
    return (
      <Empty title={isHidden ? t.hidden : t.none}>
        <p>{isHidden ? t.hiddenText : t.noneText}</p>
      </Empty>
    );
  }
  return (
    <section className="block">
      <header className="block-head">
        <h2>{t.latest}</h2>
      </header>
      <ul className="rows">
        {items.map((item) => (
          <li key={`${item.eventId} ${item.source}`}>
            <Link to={addressOf(item.eventId, item.source)}>
              <span className="mono">{item.eventId}</span>
              <span className="soft">{item.type}</span>
              <span className="soft num">{instant(item.recordedAt)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button
          type="button"
          className="plain-button"
          disabled={isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          {t.more}
        </button>
      )}
    </section>
  );
}
