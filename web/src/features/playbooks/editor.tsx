import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { LintFault } from '@/api/playbooks';
import { texts } from '@/texts/playbooks';
import { offsetOf, partsOf, placeOf } from './editor-place';
import s from './source.module.css';

const t = texts.source;
/** The height of a line in pixels, as the style says. */
const lineHeight = 19;

export interface EditorHandle {
  goTo: (line: number, column: number) => void;
}

const linesWith = (faults: LintFault[]) => new Set(faults.map((fault) => fault.line));

/** The text with its line numbers, to read. */
export function SourceText(props: { text: string; faults: LintFault[]; label: string }) {
  const faulty = linesWith(props.faults);
  const lines = useMemo(() => props.text.replace(/\n$/, '').split('\n'), [props.text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={s.source} aria-label={props.label} tabIndex={0}>
      <ol className={s.lines}>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name
          <li key={at} data-fault={faulty.has(at + 1)}>
            <code>
              {partsOf(line).map((part, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other name
                <span key={n} data-part={part.kind}>
                  {part.text}
                </span>
              ))}
              {line === '' && ' '}
            </code>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A text area with line numbers beside it, which knows where its faults are. Tab writes two spaces; Escape lets Tab go on. */
export function Editor(props: {
  ref: Ref<EditorHandle>;
  text: string;
  faults: LintFault[];
  onChange: (text: string) => void;
  label: string;
}) {
  const { text, faults } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ line: 1, column: 1 });
  const [tabLeaves, setTabLeaves] = useState(false);
  useImperativeHandle(props.ref, () => ({
    goTo: (line, column) => {
      const element = area.current;
      if (!element) return;
      const at = offsetOf(element.value, line, column);
      element.focus();
      element.setSelectionRange(at, at);
      setPlace(placeOf(element.value, at));
      element.scrollTop = Math.max(0, (line - 6) * lineHeight);
    },
  }));
  const lines = text.split('\n').length;
  const faulty = linesWith(faults);
  return (
    <div className={s.editor}>
      <div className={s.gutter} ref={gutter} aria-hidden>
        {Array.from({ length: lines }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name
          <span key={at} data-fault={faulty.has(at + 1)} data-here={place.line === at + 1}>
            {at + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        className={s.area}
        aria-label={props.label}
        aria-describedby="editor-help"
        aria-invalid={faults.length > 0}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        value={text}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onSelect={(event) => setPlace(placeOf(text, event.currentTarget.selectionStart))}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTabLeaves(true);
          else if (event.key === 'Tab' && !event.shiftKey && !tabLeaves) {
            event.preventDefault();
            // Typed as the browser types, so that its own undo knows it.
            document.execCommand('insertText', false, '  ');
          } else if (event.key !== 'Tab') setTabLeaves(false);
        }}
        onBlur={() => setTabLeaves(false)}
      />
      <div className={s.status}>
        <span className="num">{t.place(place.line, place.column)}</span>
        <span id="editor-help">{t.help}</span>
      </div>
    </div>
  );
}
