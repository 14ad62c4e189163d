import { Skeleton } from '@mantine/core';
import { texts } from '@/texts/common';
import ui from '@/ui/ui.module.css';

const rows = ['a', 'b', 'c', 'd', 'e', 'f'];

export function PageSkeleton() {
  return (
    <div className={ui.page} aria-busy="true" role="status" aria-label={texts.loading}>
      <Skeleton h={26} w={180} radius="sm" />
      <Skeleton h={92} mt={26} radius="md" />
      {rows.map((row) => (
        <Skeleton key={row} h={36} mt={16} radius="sm" />
      ))}
    </div>
  );
}
