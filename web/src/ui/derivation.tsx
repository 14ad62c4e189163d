import { texts } from '@/texts/common';
import s from './derivation.module.css';
import { Facts } from './facts';

/** One step of how a value came about; it may consist of others. */
export interface Step {
  text: string;
  value?: string | null;
  parts?: Step[];
}

export interface Derived {
  question: string;
  result: string;
  unit?: string | null;
  inputs?: { name: string; value: string; source: string; unit?: string | null }[];
  steps?: Step[];
  missing?: string[];
}

/** How a value came about, so that nobody has to believe it: what went in, each step, and what is missing. */
export function Derivation({ of }: { of: Derived }) {
  return (
    <section className={s.derivation} aria-label={of.question}>
      <h3 className={s.question}>{of.question}</h3>
      <p className={s.result}>
        {of.result}
        {of.unit && ` ${of.unit}`}
      </p>
      {of.inputs && of.inputs.length > 0 && (
        <Facts
          rows={of.inputs.map((input) => [
            input.name,
            <span key={input.name}>
              {input.value}
              {input.unit && ` ${input.unit}`} <small className={s.source}>{input.source}</small>
            </span>,
          ])}
        />
      )}
      <Steps of={of.steps ?? []} />
      {of.missing && of.missing.length > 0 && (
        <ul className={s.missing} aria-label={texts.derivation.missing}>
          {of.missing.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Steps in their order, parts below their step. */
export function Steps({ of: steps }: { of: Step[] }) {
  if (steps.length === 0) return null;
  return (
    <ol className={s.steps}>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name, and never change their place
        <li key={at}>
          <span>{step.text}</span>
          {step.value && <b className="num">{step.value}</b>}
          {step.parts && step.parts.length > 0 && <Steps of={step.parts} />}
        </li>
      ))}
    </ol>
  );
}
