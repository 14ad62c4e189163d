import { Button } from '@mantine/core';
import { texts } from '@/texts/common';

const undoMs = 6_000;

/** Says what happened, with a way back while it is shown. The package comes only when there is something to say. */
export async function toast(message: string, options: { undo?: () => void; bad?: boolean } = {}) {
  const { notifications } = await import('@mantine/notifications');
  const id = notifications.show({
    autoClose: undoMs,
    color: options.bad ? 'red' : undefined,
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <span style={{ flex: 1 }}>{message}</span>
        {options.undo && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              notifications.hide(id);
              options.undo?.();
            }}
          >
            {texts.undo}
          </Button>
        )}
      </span>
    ),
  });
}
