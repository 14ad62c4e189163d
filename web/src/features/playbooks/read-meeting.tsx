import type { PlaybookItem } from '@/api/playbooks';
import { texts } from '@/texts/playbooks';
import s from './playbook.module.css';
import { daysText } from './strip';
import { roleWords } from './words';

const t = texts.read;

/** A meeting with its agenda as a bar of minutes; what the sections leave over is shown as open time. */
export function Meeting({ meeting }: { meeting: PlaybookItem }) {
  const spoken = meeting.agenda.reduce((sum, part) => sum + (part.minutes ?? 0), 0);
  const whole = Math.max(meeting.minutes ?? 0, spoken);
  const rest = whole - spoken;
  return (
    <li className={s.meeting}>
      <div className={s.meetingHead}>
        <b>{meeting.title}</b>
        <span className={s.small}>
          {[
            daysText(meeting.from, meeting.to, texts.day),
            meeting.every && t.every(meeting.every),
            meeting.at,
            meeting.minutes && t.minutes(meeting.minutes),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {meeting.attendees.length > 0 && (
        <p className={s.small}>{t.attendees(meeting.attendees.map(roleWords).join(', '))}</p>
      )}
      {meeting.agenda.length > 0 && (
        <>
          {whole > 0 && (
            <div className={s.agendaBar} aria-hidden>
              {meeting.agenda.map((part, at) => (
                <i
                  key={part.title}
                  data-shade={at % 3}
                  style={{ width: `${((part.minutes ?? 0) / whole) * 100}%` }}
                  title={part.title}
                />
              ))}
              {rest > 0 && <i data-rest style={{ width: `${(rest / whole) * 100}%` }} />}
            </div>
          )}
          <ol className={s.agenda}>
            {meeting.agenda.map((part) => (
              <li key={part.title}>
                <span className="num">{part.minutes ? t.shortMinutes(part.minutes) : '–'}</span>
                <span>
                  {part.title}
                  <small className={s.small}>
                    {[part.lead && roleWords(part.lead), part.notes].filter(Boolean).join(' · ')}
                  </small>
                </span>
              </li>
            ))}
            {rest > 0 && (
              <li>
                <span className="num">{t.shortMinutes(rest)}</span>
                <span className={s.small}>{t.openTime}</span>
              </li>
            )}
          </ol>
        </>
      )}
      {meeting.outcomes.length > 0 && <p className={s.small}>{t.outcomes(meeting.outcomes.join('; '))}</p>}
      {meeting.prework.length > 0 && <p className={s.small}>{t.prework(meeting.prework.join('; '))}</p>}
    </li>
  );
}
