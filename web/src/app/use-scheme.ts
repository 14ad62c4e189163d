import { useMantineColorScheme } from '@mantine/core';

const order = ['light', 'dark', 'auto'] as const;

/** The colour scheme: `toggle` switches what is seen, `next` walks through light, dark and the system's. */
export function useScheme() {
  const { colorScheme, setColorScheme, toggleColorScheme } = useMantineColorScheme();
  return {
    scheme: colorScheme,
    toggle: toggleColorScheme,
    next: () => setColorScheme(order[(order.indexOf(colorScheme) + 1) % order.length] ?? 'auto'),
  };
}
