import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { texts as common } from '@/texts/common';
import { texts } from '@/texts/customer-portal';
import { Dialog, DialogFoot } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import ui from '@/ui/ui.module.css';
import { type PortalPerson, seeAs } from './api';

const t = texts.seeAs;

/** Says what looking through somebody's eyes means before it begins, because it is written down. */
export function SeeAsDialog(props: { customer: string; person?: PortalPerson; onClose: () => void }) {
  const { person } = props;
  const look = useMutation({
    mutationFn: (seen: PortalPerson) => seeAs(props.customer, seen),
    // In this tab: a tab that a script opens later than the click is held back by browsers.
    onSuccess: (path) => location.assign(path),
  });
  const close = () => {
    look.reset();
    props.onClose();
  };
  return (
    <Dialog open={person !== undefined} onClose={close} title={person && t.title(person.name)}>
      <p className={ui.formText}>{t.text}</p>
      {look.error && <Notice tone="bad">{look.error.message}</Notice>}
      <DialogFoot>
        <Button variant="default" onClick={close}>
          {common.cancel}
        </Button>
        <Button
          leftSection={<IconEye size={15} />}
          loading={look.isPending || look.isSuccess}
          onClick={() => person && look.mutate(person)}
        >
          {t.submit}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
