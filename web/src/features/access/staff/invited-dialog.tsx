import { Button } from '@mantine/core';
import { texts } from '@/texts/settings';
import { Code } from '@/ui/copy';
import { Dialog, DialogFoot } from '@/ui/dialog';
import ui from '@/ui/ui.module.css';
import type { Invited } from './api';

const t = texts.invited;

/** Says where the invitation went; where no mail is sent, shows its link this once. */
export function InvitedDialog({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={t.title}>
      <p className={ui.formText}>{invited.link ? t.hand : t.mailed(invited.person.email)}</p>
      {invited.link && <Code value={location.origin + invited.link} what={t.what} wrap />}
      <DialogFoot>
        <Button onClick={onClose}>{t.done}</Button>
      </DialogFoot>
    </Dialog>
  );
}
