import { IconBook2, IconSearchOff } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type PlaybookSummary, playbooksQuery } from '@/api/playbooks';
import { texts } from '@/texts/playbooks';
import { Empty, PageHead, Pill } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';
import s from './playbooks.module.css';
import { kindsOf, kindText } from './words';

const t = texts.library;

/** Every playbook there is, by what it is for. */
export default function Playbooks() {
  const { data: playbooks } = useSuspenseQuery(playbooksQuery);
  return (
    <div className={ui.page}>
      <PageHead title={t.title} sub={t.sub(playbooks.length)} />
      {playbooks.length === 0 && (
        <Empty icon={<IconSearchOff size={24} stroke={1.6} />} title={t.noneTitle}>
          {t.none}
        </Empty>
      )}
      {kindsOf(playbooks).map(({ kind, playbooks: all }) => (
        <section key={kind} className={s.kind} aria-labelledby={`kind-${kind}`}>
          <h2 id={`kind-${kind}`} className={s.kindName}>
            {kindText(kind)} <span className="num">{all.length}</span>
          </h2>
          <ul className={s.cards}>
            {all.map((playbook) => (
              <li key={playbook.id}>
                <PlaybookCard playbook={playbook} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PlaybookCard({ playbook }: { playbook: PlaybookSummary }) {
  return (
    <Link to="/playbooks/$playbook" params={{ playbook: playbook.id }} search={{}} className={s.card}>
      <span className={s.cardHead}>
        <IconBook2 size={17} stroke={1.7} aria-hidden />
        <span className={s.cardTitle}>{playbook.title}</span>
      </span>
      {playbook.summary && <span className={s.cardText}>{playbook.summary}</span>}
      <span className={s.cardFacts}>
        {playbook.days > 0 && <span className="num">{t.days(playbook.days)}</span>}
        <span className="num">{t.phases(playbook.phases)}</span>
        <span className="num">{t.tasks(playbook.tasks)}</span>
        <span className="num">{t.meetings(playbook.meetings)}</span>
      </span>
      <span className={s.cardFoot}>
        <Pill tone={playbook.source === 'shipped' ? 'mute' : 'info'}>{texts.sources[playbook.source]}</Pill>
        <span className="num">{texts.version(playbook.version)}</span>
        {playbook.faults > 0 && (
          <Pill tone="bad" dot>
            {t.faults(playbook.faults)}
          </Pill>
        )}
      </span>
    </Link>
  );
}
