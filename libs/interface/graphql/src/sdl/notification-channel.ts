/** What is given out: every field is there, defaults filled in. */
const places = `
  "Where notices go, and in whose form. Exactly one field is set."
  type NotificationChannel {
    "JSON, signed as Standard Webhooks says."
    webhook: WebhookChannel
    "CloudEvents 1.0 over HTTP, structured."
    cloudEvents: CloudEventsChannel
    "An incoming webhook of Slack."
    slack: ChatChannel
    "A workflow of Microsoft Teams that posts what it receives by webhook."
    microsoftTeams: ChatChannel
    "A webhook of a Discord channel."
    discord: ChatChannel
    "E-mail by SMTP."
    email: EmailChannel
    "The status of the newest deployment of a ref to an environment."
    gitHubDeploymentStatus: GitHubDeploymentChannel
    "The status of a commit."
    gitHubCommitStatus: GitHubCommitChannel
  }

  type WebhookChannel {
    "Where it is posted to."
    url: String!
    "The key of the signature: whsec_ and base64, or any text. Several, separated by a space, while one replaces another."
    signingSecret: SecretRef!
    "The whole text of the Authorization header."
    authorization: SecretRef
  }

  type CloudEventsChannel {
    "Where it is posted to."
    url: String!
    "The key of the signature: whsec_ and base64, or any text. Several, separated by a space, while one replaces another."
    signingSecret: SecretRef
    "The whole text of the Authorization header."
    authorization: SecretRef
  }

  type ChatChannel {
    "The address, which is a secret: whoever has it may write there."
    url: SecretRef!
  }

  type EmailChannel {
    "The mail server."
    host: String!
    "Its port; default 587."
    port: Int!
    "tls: from the first byte. startTls, the default: refused where the server does not offer it."
    security: MailSecurity!
    "Where the server wants one; takes tls or startTls."
    login: MailLogin
    "Who it is from."
    from: String!
    "Who gets it, all in one message."
    to: [String!]!
  }

  type MailLogin {
    "User name."
    username: String!
    "Its password."
    password: SecretRef!
  }

  type GitHubDeploymentChannel {
    "Address of the API; default https://api.github.com, another one with GitHub Enterprise."
    url: String!
    "Such as shop/catalog."
    repository: String!
    "A token that may write statuses of the repository."
    token: SecretRef!
    "The branch, tag or commit that a version was built from; default {{version}}."
    ref: String!
    "Name of the environment on GitHub."
    environment: String!
  }

  type GitHubCommitChannel {
    "Address of the API; default https://api.github.com, another one with GitHub Enterprise."
    url: String!
    "Such as shop/catalog."
    repository: String!
    "A token that may write statuses of the repository."
    token: SecretRef!
    "The branch, tag or commit that a version was built from; default {{version}}."
    ref: String!
    "Tells this status from others of the same commit; default spillway/{{service}}."
    context: String!
  }
`;

/** What is taken has other names, and may lack what has a default. */
const taken = places
  .replaceAll(/^( *)type (\w+)/gm, '$1input $2Input')
  .replaceAll(/: (\w+Channel|SecretRef|MailLogin)\b/g, ': $1Input')
  .replaceAll(/; default ([^"]*)"\n( *)(\w+): (\w+)!/g, '; default $1"\n$2$3: $4')
  .replace('security: MailSecurity!', 'security: MailSecurity')
  .replaceAll(/(default https[^"]*"\n *url: String)!/g, '$1');

export const notificationChannelSdl = /* GraphQL */ `
  enum MailSecurity {
    tls
    startTls
    none
  }
  ${places}
  ${taken}
`;
