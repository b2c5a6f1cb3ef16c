export const WEBHOOK_USE_CASES = Symbol('WebhookUseCases');
