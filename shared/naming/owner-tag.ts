/** Tag by which a rule on the bus says which team it belongs to. */
export const OWNER_TAG = 'owner';
