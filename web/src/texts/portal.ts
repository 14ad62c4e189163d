/** What the customer's own people read. They are guests: plain words, no product terms without an explanation. */

/** What people stand for, in the words of the forms that ask for it. */
export const portalRoles: Record<string, string> = {
  'executive-sponsor': 'Executive sponsor',
  'project-lead': 'Project lead',
  'technical-lead': 'Technical lead',
  'data-owner': 'Data owner',
  'process-owner': 'Process owner',
  finance: 'Finance',
  it: 'IT',
  member: 'Member',
};

/** What people on our side do, in words that need no explanation. */
export const jobRoles: Record<string, string> = {
  'vp-customer-success': 'Head of customer success',
  'csm-lead': 'Lead of customer success',
  csm: 'Your customer success manager',
  'csm-technical': 'Technical customer success manager',
  'implementation-engineer': 'Implementation engineer',
  engineer: 'Engineer',
  'testing-lead': 'Testing lead',
  'support-lead': 'Lead of support',
  support: 'Support',
  sales: 'Sales',
  finance: 'Finance and invoices',
  'vp-engineering': 'Head of engineering',
  'vp-product': 'Head of product',
  'vp-sales': 'Head of sales',
  'vp-support': 'Head of support',
  cfo: 'Chief financial officer',
};

const plural = (n: number, one: string, more: string) =>
  n === 1 ? `1 ${one}` : `${n.toLocaleString()} ${more}`;
const atMost = 10_000;

/** The parts of the portal by kind of record: how each is called, and what it is for. */
const kinds: Record<string, { title: string; text: string }> = {
  team: { title: 'The people who look after you', text: 'Who works for you, and for what to ask them' },
  contacts: { title: 'Your own contacts', text: 'Whom we have written down on your side' },
  receipts: {
    title: 'Receipts',
    text: 'Signed evidence of every record you sent, which you can check yourself',
  },
  'data-quality': { title: 'The quality of your data', text: 'How complete and correct what arrives is' },
};

export const texts = {
  kinds,
  title: (customer: string) => `${customer} · Portal`,
  home: 'Home',
  receipts: 'Receipts',
  nav: 'Pages',
  account: 'Your account',
  signOut: 'Sign out',
  skip: 'Skip to content',
  loading: 'Loading',
  retry: 'Try again',
  trouble: 'This did not load',
  notFound: 'There is nothing here',
  notFoundText: 'This address leads nowhere, or to something that is not shared with you.',
  toHome: 'Go to the first page',
  scheme: (dark: boolean) => (dark ? 'Switch to light' : 'Switch to dark'),
  poweredBy: 'Only what was shared with you is here. Everything else is hidden.',
  greeting: (hour: number, name: string) =>
    `${hour < 5 || hour >= 18 ? 'Good evening' : hour < 12 ? 'Good morning' : 'Good afternoon'}, ${name}`,
  view: {
    label: 'View through a customer’s eyes',
    text: (person: string) => `You see what ${person} sees. Nothing can be changed, and each look is logged.`,
    end: 'End the view',
    over: 'This view is over',
    overText: 'A view lasts half an hour at most. Start another one from the customer’s page.',
  },
  ask: {
    title: 'Sign in to your portal',
    lead: 'Enter your mail address, and we send you a link. You need no password.',
    email: 'Mail address',
    submit: 'Send me a link',
    sentTitle: 'Look into your mail',
    sent: (email: string) =>
      `If ${email} belongs to a portal, a link is on its way. It works once, for 15 minutes.`,
    sentHint:
      'Open it in this browser, and you are in at once. Nothing after a few minutes? Look into the spam folder, or ask who invited you.',
    again: 'Use another address',
  },
  enter: {
    opening: 'Opening your portal',
    welcome: (customer: string) => `Welcome to the portal of ${customer}`,
    back: (customer: string) => `Sign in to the portal of ${customer}`,
    as: 'You come in as',
    submit: 'Come in',
    noLink: 'This link is not complete',
    noLinkText: 'Open it exactly as it stands in the mail, or ask for a new one.',
    toAsk: 'Ask for a new link',
  },
  since: {
    title: 'Since you were here',
    first: 'Welcome',
    when: (when: string) => `Your last visit: ${when}`,
    nothing: 'Nothing has changed.',
    nothingText: 'When something new is shared with you, or new records arrive, you find it here first.',
    firstText: 'From your next visit on you see here what has changed in between.',
    receipts: (n: number, type: string) =>
      n >= atMost
        ? `10,000 or more new receipts of ${type}`
        : `${plural(n, 'new receipt', 'new receipts')} of ${type}`,
    'data-quality': (n: number) => plural(n, 'open alert about your data', 'open alerts about your data'),
    other: (n: number, kind: string) => `${n.toLocaleString()} new: ${kind}`,
    shared: (what: string) => `Shared with you: ${what}`,
    by: (who: string) => `by ${who}`,
  },
  empty: {
    title: 'Nothing is shared with you yet',
    text: 'The people who work with you decide what you see here. Ask them for what you need, for example:',
    ideas: [
      'who looks after you, and for what',
      'receipts of the records that you send, to check them yourself',
      'how complete and correct your data is',
    ],
  },
  team: {
    title: 'People who look after you',
    since: (day: string) => `since ${day}`,
    nobody: 'Nobody is named yet. Ask who invited you.',
  },
  contacts: { title: 'Your own contacts', primary: 'First contact', nobody: 'Nobody is written down yet.' },
  quality: {
    title: 'Your data',
    events: 'Records received',
    failing_share: 'With a fault',
    completeness: 'Filled fields',
    late: 'Arrived late',
    none: 'Not known yet',
    alerts: (n: number) => (n === 0 ? 'No open alert' : plural(n, 'open alert', 'open alerts')),
    how: 'How is this counted?',
  },
  find: {
    title: 'Receipts',
    lead: 'Each record that you send gets a receipt: signed, numbered and kept in a log that nobody can change unnoticed. Find one by its id and check it here, in your own browser.',
    id: 'Id of the record',
    idHint: 'The id that your system gave it, for example an order number',
    submit: 'Find it',
    latest: 'Newest receipts',
    more: 'Show more',
    none: 'No receipt yet',
    noneText:
      'As soon as your systems send records of a kind that is shared with you, their receipts are listed here.',
    hidden: 'No receipts are shared with you',
    hiddenText: 'Ask the people who work with you to share the receipts of the records that matter to you.',
    notFound: (id: string) => `No receipt of “${id}”`,
    notFoundText:
      'Ids are compared letter by letter. Perhaps it has another one, or its kind is not shared with you.',
    several: 'Several of your systems use this id. Choose the one you mean.',
    back: 'All receipts',
  },
  receipt: {
    id: 'Record',
    type: 'Kind',
    source: 'From',
    happened: 'Happened',
    recorded: 'Recorded',
    place: 'Place in the log',
    content: 'What was recorded',
    erased: 'The content was erased. Everything else about the receipt still holds.',
    proof: 'How do we know?',
    proofText:
      'Your browser has just computed all of this from the receipt, the proof and the key of the log. Nobody had to be believed, not even us.',
    download: 'Keep the evidence',
    downloadText: 'With these three files and cairn-verify anybody can repeat the check without us.',
  },
} as const;
