const scopes: Record<string, { name: string; text: string }> = {
  ingest: { name: 'ingest', text: 'Send events and get their receipts' },
  read: { name: 'read', text: 'Read events, receipts, the log and the audit trail' },
  admin: { name: 'admin', text: 'Change the record and manage keys' },
};

export const texts = {
  scopes,
  title: 'API keys',
  sub: 'A program shows a key to be recognised. Give each its own, with as little as it needs.',
  create: 'New key',
  columns: { name: 'Name', scopes: 'May', created: 'Created', used: 'Last used', state: 'State' },
  list: 'API keys',
  unnamed: 'Without a name',
  never: 'Never',
  states: { active: 'Active', expired: 'Expired', revoked: 'Revoked' },
  expires: (when: string) => `until ${when}`,
  emptyTitle: 'No keys yet',
  empty: 'A program needs a key to send events or to read them. You see the key once; only its hash is kept.',
  form: {
    title: 'New API key',
    name: 'Name',
    nameHint: 'What it is for, so that you know later what stops when you revoke it',
    scopes: 'The key may',
    expires: 'Ends on',
    expiresHint: 'Leave it empty for a key that does not end by itself',
    submit: 'Create the key',
  },
  shown: {
    title: 'The new key',
    text: 'It is shown this once. Copy it to where it is needed; only its hash is kept here.',
    what: 'API key',
    done: 'I have kept it',
  },
  overlap: (when: string) => `old text works until ${when}`,
  rotate: {
    action: 'Rotate',
    title: (name: string) => `Give “${name}” another text?`,
    hours: 'The old text works on for',
    choices: [
      { value: '0', label: 'Not at all: it ends at once' },
      { value: '1', label: 'One hour' },
      { value: '24', label: 'One day' },
      { value: '168', label: 'One week' },
      { value: '720', label: 'Thirty days' },
    ],
    submit: 'Make the new text',
    until: (when: string) => `It is shown this once. The old text works until ${when}.`,
  },
  revoke: {
    action: 'Revoke',
    title: 'Revoke this key?',
    text: (name: string) =>
      `“${name}” stops working at once, for every program that uses it. This cannot be undone.`,
    submit: 'Revoke the key',
    done: (name: string) => `“${name}” is revoked`,
  },
} as const;
