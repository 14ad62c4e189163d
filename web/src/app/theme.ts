import { createTheme, type MantineColorsTuple } from '@mantine/core';

const iris: MantineColorsTuple = [
  '#f0f0ff',
  '#e0e0fc',
  '#c3c2f6',
  '#a3a1f0',
  '#8783ea',
  '#6c66e3',
  '#5048d8',
  '#453dc4',
  '#3a33a6',
  '#2c277d',
];
const gray: MantineColorsTuple = [
  '#fafafb',
  '#f4f4f6',
  '#ebebee',
  '#e1e1e6',
  '#cfcfd6',
  '#a6a6b1',
  '#75757f',
  '#56565f',
  '#393940',
  '#1b1b1f',
];
const dark: MantineColorsTuple = [
  '#e7e7ea',
  '#b6b7be',
  '#95969f',
  '#6b6c76',
  '#3a3b43',
  '#2a2b31',
  '#1d1e23',
  '#131418',
  '#0e0f12',
  '#0a0b0d',
];
// Dark enough at its sixth shade for white text on it, which Mantine's own red is not.
const red: MantineColorsTuple = [
  '#fdebec',
  '#fbd5d7',
  '#f59aa0',
  '#ee6f78',
  '#e5616a',
  '#d6404a',
  '#c42f39',
  '#b0262f',
  '#8f1f27',
  '#6f181e',
];

/**
 * Component defaults are plain objects on purpose: `Button.extend` would import every component named here into the
 * first chunk that a visitor downloads.
 */
export const theme = createTheme({
  colors: { iris, gray, dark, red },
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'JetBrains Mono', Menlo, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  radius: { xs: '4px', sm: '6px', md: '7px', lg: '10px', xl: '16px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '15px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  shadows: {
    xs: '0 1px 2px rgb(20 20 30 / 0.05)',
    sm: '0 1px 3px rgb(20 20 30 / 0.07), 0 1px 2px rgb(20 20 30 / 0.04)',
    md: '0 6px 20px rgb(20 20 30 / 0.09), 0 2px 5px rgb(20 20 30 / 0.05)',
    lg: '0 16px 40px rgb(20 20 30 / 0.14), 0 4px 10px rgb(20 20 30 / 0.06)',
  },
  components: {
    Button: { defaultProps: { size: 'xs', fw: 500 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Checkbox: { defaultProps: { radius: 'xs' } },
  },
});
