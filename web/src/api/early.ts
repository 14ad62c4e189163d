interface Early {
  answer: Promise<Response>;
  /** `performance.now()` of the question. */
  at: number;
}

declare global {
  interface Window {
    /** What `public/boot.js` asked for before this application was there, by address. */
    cairnEarly?: Record<string, Early>;
  }
}

const freshForMs = 15_000;

/** The answer to a question that was asked before the application was there; once, and only while it is fresh. */
export function takeEarly(address: string): Promise<Response> | undefined {
  const early = window.cairnEarly?.[address];
  if (early) delete window.cairnEarly?.[address];
  return early && performance.now() - early.at < freshForMs ? early.answer : undefined;
}
