import { useQuery } from '@tanstack/react-query';
import { count, day, instant } from '@/lib/format';
import { jobRoles, portalRoles, texts } from '@/texts/portal';
import { Face } from '@/ui/primitives';
import {
  contactsQuery,
  homeQuery,
  type PortalHome,
  type PortalSession,
  qualityQuery,
  teamQuery,
} from './api';
import { Block, Empty, Trouble, Waiting } from './parts';
import { Link } from './path';

/** The first page: what is new, who looks after you, and what is shared with you. */
export function Home({ session }: { session: PortalSession }) {
  const { data: home, error, refetch } = useQuery(homeQuery);
  const first = session.person.name.split(' ')[0] ?? session.person.name;
  if (error && !home) return <Trouble error={error} onRetry={refetch} />;
  const sees = (kind: string) => home?.shared.some((share) => share.kind === kind) ?? false;
  return (
    <div className="page">
      <div className="greeting">
        <h1>{texts.greeting(new Date().getHours(), first)}</h1>
        <p>{session.person.roles.map((role) => portalRoles[role] ?? role).join(' · ')}</p>
      </div>
      {!home ? (
        <Waiting />
      ) : home.shared.length === 0 ? (
        <NothingShared />
      ) : (
        <>
          <Since home={home} />
          {sees('team') && <Team />}
          {sees('receipts') && <ReceiptsCard />}
          {sees('data-quality') && <QualityCard />}
          {sees('contacts') && <Contacts />}
        </>
      )}
    </div>
  );
}

function NothingShared() {
  return (
    <Empty title={texts.empty.title}>
      <p>{texts.empty.text}</p>
      <ul>
        {texts.empty.ideas.map((idea) => (
          <li key={idea}>{idea}</li>
        ))}
      </ul>
    </Empty>
  );
}

const t = texts.since;

function sentence(news: PortalHome['news'][number]) {
  if (news.kind === 'receipts') return t.receipts(news.count, news.record);
  if (news.kind === 'data-quality') return t['data-quality'](news.count);
  return t.other(news.count, texts.kinds[news.kind]?.title ?? news.kind);
}

/** What has changed since the last visit; on the first one, what this place is for. */
function Since({ home }: { home: PortalHome }) {
  const isFirst = home.since === null;
  const shared = home.shared.filter((share) => share.isNew);
  return (
    <Block
      title={isFirst ? t.first : t.title}
      aside={home.since && <span className="soft">{t.when(instant(home.since))}</span>}
    >
      {isFirst ? (
        <p className="soft">{t.firstText}</p>
      ) : shared.length + home.news.length === 0 ? (
        <p className="soft">
          <strong>{t.nothing}</strong> {t.nothingText}
        </p>
      ) : (
        <ul className="news">
          {shared.map((share) => (
            <li key={`${share.kind} ${share.record}`}>
              <span className="news-what">{t.shared(nameOf(share))}</span>
              <span className="soft">
                {t.by(share.sharedBy)}, {instant(share.sharedAt)}
              </span>
            </li>
          ))}
          {home.news.map((news) => (
            <li key={`${news.kind} ${news.record}`}>
              {news.kind === 'receipts' ? (
                <Link to="/receipts" className="news-what">
                  {sentence(news)}
                </Link>
              ) : (
                <span className="news-what">{sentence(news)}</span>
              )}
              <span className="soft">{instant(news.at)}</span>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}

function nameOf(share: { kind: string; record: string }) {
  const title = texts.kinds[share.kind]?.title ?? share.kind;
  return share.record === '*' ? title : `${title} of ${share.record}`;
}

function Team() {
  const { data } = useQuery(teamQuery);
  return (
    <Block title={texts.team.title}>
      {!data ? (
        <Waiting />
      ) : data.items.length === 0 ? (
        <p className="soft">{texts.team.nobody}</p>
      ) : (
        <ul className="people">
          {data.items.map((member) => (
            <li key={`${member.name} ${member.jobRole}`} className="person">
              <Face name={member.name} size={44} />
              <div>
                <strong>{member.name}</strong>
                <span>{jobRoles[member.jobRole] ?? member.jobRole}</span>
                <span>{texts.team.since(day(member.since))}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}

function Contacts() {
  const { data } = useQuery(contactsQuery);
  return (
    <Block title={texts.contacts.title}>
      {!data ? (
        <Waiting />
      ) : data.items.length === 0 ? (
        <p className="soft">{texts.contacts.nobody}</p>
      ) : (
        <ul className="people">
          {data.items.map((contact) => (
            <li key={`${contact.name} ${contact.email}`} className="person">
              <Face name={contact.name} size={44} />
              <div>
                <strong>{contact.name}</strong>
                <span>
                  {contact.title ?? contact.roles.map((role) => portalRoles[role] ?? role).join(', ')}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}

function ReceiptsCard() {
  const kind = texts.kinds.receipts;
  return (
    <Link to="/receipts" className="block card-link">
      <h2>{kind?.title}</h2>
      <p className="soft">{kind?.text}</p>
      <span className="arrow" aria-hidden>
        →
      </span>
    </Link>
  );
}

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const q = texts.quality;
const names = q as unknown as Record<string, string>;

function QualityCard() {
  const { data } = useQuery(qualityQuery);
  if (!data) return <Waiting />;
  return (
    <Block
      title={q.title}
      aside={
        <span className="tag" data-tone={data.openAlerts ? 'warn' : 'ok'}>
          {q.alerts(data.openAlerts)}
        </span>
      }
    >
      <dl className="figures">
        {data.figures.map((figure) => (
          <div key={figure.name}>
            <dt>{names[figure.name] ?? figure.name}</dt>
            <dd>
              <span className="figure">
                {figure.value === null
                  ? q.none
                  : figure.unit === 'share'
                    ? percent.format(Number(figure.value))
                    : count(Number(figure.value))}
              </span>
              <details className="how">
                <summary>{q.how}</summary>
                <p>{figure.missing ?? figure.how}</p>
              </details>
            </dd>
          </div>
        ))}
      </dl>
    </Block>
  );
}
