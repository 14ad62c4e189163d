import { Button } from '@mantine/core';
import { IconCloudOff, IconMapSearch } from '@tabler/icons-react';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { ProblemError } from '@/api/http';
import { texts } from '@/texts/common';
import { Empty } from '@/ui/primitives';
import ui from '@/ui/ui.module.css';

/** A screen that could not be loaded: why, in the server's own words, and a way to try again. */
export function PageTrouble({ error }: ErrorComponentProps) {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  if (error instanceof ProblemError && error.status === 404) return <PageNotFound />;
  return (
    <div className={ui.page}>
      <Empty
        whole
        icon={<IconCloudOff size={24} stroke={1.6} />}
        title={texts.errors.title}
        actions={
          <Button
            variant="default"
            onClick={() => {
              reset();
              router.invalidate();
            }}
          >
            {texts.tryAgain}
          </Button>
        }
      >
        <span role="alert">{error instanceof Error ? error.message : String(error)}</span>
      </Empty>
    </div>
  );
}

export function PageNotFound() {
  return (
    <div className={ui.page}>
      <Empty
        whole
        icon={<IconMapSearch size={24} stroke={1.6} />}
        title={texts.errors.notFoundTitle}
        actions={
          <Link to="/customers" search={{}} className={ui.buttonLink}>
            {texts.errors.toPortfolio}
          </Link>
        }
      >
        {texts.errors.notFound}
      </Empty>
    </div>
  );
}

/** An address that belongs to no route has no frame around it either. */
export const NoSuchAddress = () => (
  <main>
    <PageNotFound />
  </main>
);
