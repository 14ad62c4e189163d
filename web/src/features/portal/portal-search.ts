/** What the address of a customer's Portal tab may say: the contact to invite. */
export const portalSearch = (search: Record<string, unknown>): { contact?: string } => ({
  contact: typeof search.contact === 'string' ? search.contact : undefined,
});
