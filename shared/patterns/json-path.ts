/** The JSON path of a member: `$.detail` + `type` → `$.detail.type`, other names in brackets, list positions as numbers. */
export function memberPath(path: string, member: string | number): string {
  if (typeof member === 'number') return `${path}[${member}]`;
  return /^[A-Za-z_$][\w$]*$/.test(member) ? `${path}.${member}` : `${path}[${JSON.stringify(member)}]`;
}
