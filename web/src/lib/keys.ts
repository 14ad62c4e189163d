import { useEffect, useRef } from 'react';

/** A key, or two one after the other (`g p`), and what it does. One without `run` is the browser's own. */
export interface PageKey {
  keys: string;
  label: string;
  run?: () => void;
  anywhere?: boolean;
}

/** How long after the first key of two the second is awaited. */
const sequenceMs = 1_200;

const listening: { current: PageKey[] }[] = [];
let first: { key: string; at: number } | undefined;

/** The keys that work now, those of the innermost part last. */
export const keysNow = () => listening.flatMap((one) => one.current);

/** Keys that work while a component is shown, except while somebody types or a window is open. */
export function useKeys(keys: PageKey[]) {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (listening.length === 0) document.addEventListener('keydown', hear);
    listening.push(current);
    return () => {
      listening.splice(listening.indexOf(current), 1);
      if (listening.length === 0) document.removeEventListener('keydown', hear);
    };
  }, []);
}

function hear(event: KeyboardEvent) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;
  const letter = event.key.toLowerCase();
  const key = event.shiftKey && /^[a-z]$/.test(letter) ? `shift+${letter}` : letter;
  const before = first && event.timeStamp - first.at < sequenceMs ? first.key : undefined;
  first = undefined;
  const all = keysNow().reverse();
  const found =
    (before && all.find((one) => one.keys === `${before} ${key}`)) || all.find((one) => one.keys === key);
  if (found?.run) {
    // Escape also closes what is open, so it is never taken from the browser.
    if (key !== 'escape') event.preventDefault();
    found.run();
  } else if (all.some((one) => one.keys.startsWith(`${key} `))) {
    first = { key, at: event.timeStamp };
  }
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('dialog') !== null ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));
