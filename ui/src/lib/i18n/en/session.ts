// The words of signing in and of the first start, in English.
export const session = {
  signInTitle: 'Sign in',
}
