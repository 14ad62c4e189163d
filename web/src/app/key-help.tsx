import { Fragment } from 'react';
import { keysNow, type PageKey } from '@/lib/keys';
import { texts } from '@/texts/customer-page';
import { Dialog } from '@/ui/dialog';
import s from './key-help.module.css';

const t = texts.keys;
const shown: Record<string, string> = {
  enter: 'Enter',
  escape: 'Esc',
  'shift+x': 'Shift X',
  'mod+k': 'Ctrl K',
  'mod+j': 'Ctrl J',
  'up/down': '↑ ↓',
  'left/right': '← →',
  'shift+left/right': 'Shift ←/→',
  '+/-': '+ −',
  'ctrl+z': 'Ctrl Z',
};

/** What `?` shows: the keys that work on this page, and those that work everywhere. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const keys = keysNow();
  const here = keys.filter((one) => !one.anywhere);
  return (
    <Dialog open onClose={onClose} title={t.title}>
      <div className={s.groups}>
        {here.length > 0 && <Group title={t.groups.here} keys={here} />}
        <Group
          title={t.groups.anywhere}
          keys={[
            { keys: 'mod+k', label: t.search },
            { keys: 'mod+j', label: t.theme },
            ...keys.filter((one) => one.anywhere),
          ]}
        />
      </div>
    </Dialog>
  );
}

const Group = ({ title, keys }: { title: string; keys: PageKey[] }) => (
  <section>
    <h3 className={s.title}>{title}</h3>
    <dl className={s.keys}>
      {keys.map((one) => (
        <Fragment key={one.keys}>
          <dt>
            {(shown[one.keys] ?? one.keys).split(' ').map((key) => (
              <kbd key={key}>{key.length === 1 ? key.toUpperCase() : key}</kbd>
            ))}
          </dt>
          <dd>{one.label}</dd>
        </Fragment>
      ))}
    </dl>
  </section>
);
