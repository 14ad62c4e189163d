export interface SignInSearch {
  /** Where to go after the sign-in. */
  to?: string;
}

/** Only addresses of this application are followed: a link must not lead a signed-in person elsewhere. */
export const signInSearch = (search: Record<string, unknown>): SignInSearch => ({
  to: typeof search.to === 'string' && /^\/(?![/\\])/.test(search.to) ? search.to : undefined,
});
