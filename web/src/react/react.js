// What the name `react` stands for in this application and in the packages it uses (see `vite.config.ts`): Preact, which
// a phone receives and starts in a fraction of the time. The types stay React's own, and this file has none to add.
import { createElement } from 'preact';
import compat from 'preact/compat';

export * from 'preact/compat';

/** React's part that Preact lacks: what is hidden stays, with its state. Its effects stay as well, unlike React's. */
export const Activity = ({ mode, children }) =>
  createElement('div', { style: { display: mode === 'hidden' ? 'none' : 'contents' } }, children);

export default { ...compat, Activity };
