import { expect, it } from 'vitest';
import { withoutUnused } from './lean-css';

const used = new Set(['m_11111111']);

it.each([
  ['.m_11111111{a:b}', '.m_11111111{a:b}'],
  ['.m_22222222{a:b}', ''],
  ['.m_11111111,.m_22222222 .x{a:b}', '.m_11111111{a:b}'],
  ['.own:not(.m_22222222,.y){a:b}', '.own:not(.m_22222222,.y){a:b}'],
  [':where([data-a="x,y"]) .m_22222222:hover{a:b}', ''],
  ['@media (min-width:1px){.m_22222222{a:b}}.own{c:d}', '.own{c:d}'],
  ['@layer app,mantine;@layer mantine{.m_22222222{a:b}}', '@layer app,mantine;@layer mantine{}'],
  ['@keyframes m_22222222{0%{a:b}to{a:c}}', '@keyframes m_22222222{0%{a:b}to{a:c}}'],
  ['.own{content:"}.m_22222222{"}.m_22222222{a:url(data:,;{)}', '.own{content:"}.m_22222222{"}'],
  ['.own{.m_22222222 &{a:b}}', '.own{.m_22222222 &{a:b}}'],
])('keeps of %s what can match', (css, lean) => {
  expect(withoutUnused(css, used)).toBe(lean);
});
