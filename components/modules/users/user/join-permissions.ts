type Fields = Readonly<Record<string, string>>;

const PREFIX = 'permissions.';

/**
 * A user's state with the permissions as one field. One by one they would be compared by their places in
 * the list, which say nothing.
 */
export function joinPermissions(state: Fields): Fields {
  const isPermission = (field: string) => field.startsWith(PREFIX);
  const fields = Object.entries(state);
  const permissions = fields.filter(([field]) => isPermission(field)).map(([, value]) => value);
  const others = fields.filter(([field]) => !isPermission(field));
  return {
    ...Object.fromEntries(others),
    ...(permissions.length > 0 && { permissions: permissions.join(', ') }),
  };
}
