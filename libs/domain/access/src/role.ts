/** What somebody may be here. `operations` of the application says what each may do. */
export const roles = ['viewer', 'releaser', 'approver', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];
