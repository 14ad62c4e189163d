import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { texts } from '@/texts/common';
import s from './dialog.module.css';

/**
 * A modal window on the browser's own dialog: it keeps the focus inside, makes the rest inert and closes on Escape.
 * `side` slides it in from the right, for the details of a row. Its content is gone while it is closed.
 */
export function Dialog(props: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  side?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (props.open && dialog.current && !dialog.current.open) {
      dialog.current.showModal();
      // The browser would focus the close button, which comes first; a form begins with its first field.
      dialog.current.querySelector<HTMLElement>('form :is(input, textarea, select)')?.focus();
    }
    if (!props.open && dialog.current?.open) dialog.current.close();
  }, [props.open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is one on the backdrop; Escape is the keyboard's way
    <dialog
      ref={dialog}
      className={`${s.dialog} ${props.side ? s.side : ''}`}
      aria-labelledby={heading}
      onClose={props.onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      {props.open && (
        <div className={s.body}>
          <div className={s.head}>
            <h2 id={heading} className={s.title}>
              {props.title}
            </h2>
            <ActionIcon aria-label={texts.close} onClick={() => dialog.current?.close()}>
              <IconX size={17} stroke={1.7} />
            </ActionIcon>
          </div>
          {props.children}
        </div>
      )}
    </dialog>
  );
}

/** The buttons at the foot of a dialog. */
export const DialogFoot = ({ children }: { children: ReactNode }) => <div className={s.foot}>{children}</div>;
