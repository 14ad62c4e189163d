export interface SignInSearch {
  /** Where to go after the sign-in. */
  to?: string;
  /** Why the identity provider's answer led to nothing: the code of a problem. */
  problem?: string;
}

/** A code and nothing else: whatever stands in an address may be put there by anybody. */
export const problemIn = (search: Record<string, unknown>) =>
  typeof search.problem === 'string' && /^[a-z-]{1,60}$/.test(search.problem) ? search.problem : undefined;

/** Only addresses of this application are followed: a link must not lead a signed-in person elsewhere. */
export const signInSearch = (search: Record<string, unknown>): SignInSearch => ({
  to: typeof search.to === 'string' && /^\/(?![/\\])/.test(search.to) ? search.to : undefined,
  problem: problemIn(search),
});

export const accountSearch = (search: Record<string, unknown>): { problem?: string } => ({
  problem: problemIn(search),
});
