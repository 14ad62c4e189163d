export const texts = {
  signIn: {
    title: 'Sign in',
    sub: 'Customer onboarding and success, with a receipt for every fact.',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    help: 'Forgotten the password?',
  },
  setUp: {
    title: 'Set up Cairn',
    sub: 'You are the first to arrive. This makes you the administrator of this installation.',
    name: 'Your name',
    email: 'Email',
    password: 'Password',
    passwordHint: 'At least 12 characters. A few unrelated words work well.',
    submit: 'Create the administrator',
    noTokenTitle: 'This link is not complete',
    noToken:
      'The server prints a one-time link the first time it starts. Open that link whole, with everything after the # sign.',
    toSignIn: 'Go to the sign-in',
  },
} as const;
