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
  slowDownFor: 'Trop de tentatives. Réessayez dans {{time}}.',
  or: 'ou',
  second: 'Deuxième étape',
  secondLead: 'Le code que votre application affiche pour Vigie, ou l’un de vos codes de secours.',
  code: 'Code',
  secondSubmit: 'Continuer',
  secondWorking: 'Vérification du code',
  wrongCode:
    'Ce code est faux, déjà utilisé ou trop ancien. Attendez le suivant, ou prenez un code de secours.',
  factorFirst: 'D’abord un second facteur',
  factorFirstLead:
    'Ce hub demande plus qu’un mot de passe : une application de votre téléphone affiche un nouveau code toutes les 30 secondes.',
  factorFirstNeeds:
    'Vous êtes connecté avec {{email}}. Mettez-le en place une fois, puis vous continuez là où vous étiez.',
  signOutFailed: 'Vous êtes encore connecté',
  secondLate: 'C’était trop long, ou interrompu. Recommencez avec l’adresse et le mot de passe.',
  beginAgain: 'Recommencer',
  oidc_unavailable:
    'Le fournisseur d’identité ne répond pas. Réessayez dans un instant, ou connectez-vous avec un mot de passe.',
  oidc_failed:
    'La réponse du fournisseur d’identité n’était pas fiable. Réessayez d’ici ; le journal du hub dit pourquoi.',
  oidc_denied: 'Le fournisseur d’identité, ou vous, avez refusé. Rien n’a été fait.',
  'oidc_unverified-email':
    'Le fournisseur d’identité n’a pas vérifié votre adresse : faites-la vérifier, puis réessayez.',
  'oidc_unknown-person':
    'Personne ici n’a votre adresse. Demandez une invitation à un administrateur.',
  inviteLooking: 'Lecture de votre lien',
  inviteTitle: 'Bienvenue dans Vigie',
  inviteAdmin: '{{email}} est invité comme administrateur. Créez votre compte.',
  inviteViewer: '{{email}} est invité à consulter. Créez votre compte.',
  inviteSubmit: 'Créer le compte',
  inviteWorking: 'Création du compte',
  resetTitle: 'Nouveau mot de passe',
  resetLead: 'Pour {{email}}. Vous êtes déconnecté partout ailleurs.',
  newPassword: 'Nouveau mot de passe',
  resetSubmit: 'Définir le mot de passe',
  resetWorking: 'Enregistrement du mot de passe',
  inviteRefused:
    'Un lien d’invitation ou de nouveau mot de passe sert une fois, et pendant un temps limité. Demandez-en un autre à un administrateur.',
  inviteMissing: 'Copiez-le en entier, avec ce qui suit le signe #.',
  notYoursTitle: 'Cette page ne vous est pas ouverte',
  notYoursAdmin:
    'Elle est pour les administrateurs, et vous pouvez consulter le parc. Demandez à l’un d’eux.',
  notYoursFleet:
    'Elle porte sur le parc entier, dont vous voyez les machines étiquetées {{tags}}. Demandez à un administrateur.',
  seesNoHost: 'Il n’y a pas de machine que vous puissiez voir.',
  seesNoHostTagged:
    'Aucune machine surveillée n’est étiquetée {{tags}}, ce que vous pouvez voir. Demandez à un administrateur, qui peut changer l’un ou l’autre.',
  seesNoHostYet: 'Un administrateur ajoute les machines ; elles apparaissent ici aussitôt.',
  noPasswordAsk: 'Un administrateur peut vous faire un lien qui en définit un nouveau.',
  noPassword: 'Mot de passe perdu ?',
  noPasswordHow:
    'Si vous êtes l’administrateur, redémarrez Vigie sur la machine du hub ; il affiche un lien de connexion à usage unique :',
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
