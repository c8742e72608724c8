// The words of signing in and of the first start, in French.
import type { session as english } from '../en/session.ts'

export const session: Record<keyof typeof english, string> = {
  signInTitle: 'Connexion à Vigie',
  signIn: 'Se connecter',
  signingIn: 'Connexion en cours',
  email: 'Adresse électronique',
  password: 'Mot de passe',
  name: 'Votre nom',
  nameOptional: 'facultatif',
  passwordHint: 'Au moins 12 caractères ; une phrase convient bien.',
  passwordShort_one: 'Encore un caractère.',
  passwordShort_other: 'Encore {{count}} caractères.',
  passwordGood: 'Assez long.',
  wrong:
    'Cette adresse et ce mot de passe ne vont pas ensemble. Réessayez, ou utilisez un lien de connexion.',
  slowDown: 'Trop de tentatives. Attendez une minute, puis réessayez.',
  noPassword: 'Mot de passe perdu ?',
  noPasswordHow:
    'Redémarrez Vigie sur la machine du hub ; il affiche un lien de connexion à usage unique :',
  setupTitle: 'Bienvenue dans Vigie',
  setupLead: 'Vous êtes ici le premier. Créez le compte de l’administrateur.',
  setupSubmit: 'Créer le compte et commencer',
  setupWorking: 'Création du compte',
  setupNeeded:
    'Personne n’a encore de compte. Utilisez le lien que le hub a affiché à son démarrage.',
  claiming: 'Connexion avec votre lien',
  linkRefusedTitle: 'Ce lien ne fonctionne plus',
  linkRefused:
    'Un lien de connexion sert une fois, et pendant une heure. Pour en obtenir un autre, redémarrez Vigie sur la machine du hub :',
  linkMissingTitle: 'Ce lien n’est pas complet',
  linkMissing:
    'Copiez-le en entier, avec ce qui suit le signe #, ou obtenez-en un autre en redémarrant Vigie sur la machine du hub :',
  linkThen: 'Ouvrez ensuite le lien affiché.',
  toSignIn: 'Se connecter plutôt avec un mot de passe',
  refused: 'Le hub a refusé : {{detail}}',
}
