import { Link } from '@tanstack/react-router';
import { count } from '@/lib/format';
import { texts as t } from '@/texts/quality';
import { Dialog } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { figureText, rowsOf, searchOf } from './figures';
import s from './quality.module.css';
import type { Figure } from './quality-api';
import type { QualitySearch } from './quality-search';

/** How a number was come by, over what and from what, and the way to the rows behind it. */
export function FigureDetails(props: {
  customer: string;
  search: QualitySearch;
  figure?: Figure;
  onClose: () => void;
}) {
  const { figure } = props;
  const name = figure ? (t.figures[figure.name] ?? figure.name) : '';
  return (
    <Dialog side open={figure !== undefined} onClose={props.onClose} title={name}>
      {figure && (
        <div className={ui.stack}>
          <div className={s.large}>{figureText(figure)}</div>
          {figure.missing && <Notice tone="mute">{figure.missing}</Notice>}
          <Facts
            rows={[
              [t.figure.how, figure.how],
              [t.figure.over, figure.over],
              [t.figure.unit, figure.unit],
              ...figure.inputs.map((input): [string, string] => [
                t.inputs[input.name] ?? input.name,
                count(Number(input.value)),
              ]),
            ]}
          />
          <RowsLink {...props} name={figure.name} />
        </div>
      )}
    </Dialog>
  );
}

function RowsLink({ customer, search, name }: { customer: string; search: QualitySearch; name: string }) {
  const rows = rowsOf(name);
  if (!rows) return <p className={ui.hint}>{name === 'repeated' ? t.figure.repeats : t.figure.noRows}</p>;
  return (
    <div>
      {rows.to === 'events' ? (
        <Link
          to="/customers/$id/events"
          params={{ id: customer }}
          search={{ late: rows.late, batch: search.batch }}
          className={ui.buttonLink}
        >
          {t.figure.rows}
        </Link>
      ) : (
        <Link
          to="/customers/$id/quality"
          params={{ id: customer }}
          search={searchOf(search, rows)}
          className={ui.buttonLink}
        >
          {t.figure.rows}
        </Link>
      )}
    </div>
  );
}
