import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { signOut } from '@/api/session';

/** Ends the session on the server, shows the sign-in, and forgets everything that was read. */
export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await signOut();
    // First away from the pages: what they show would ask again, without a session.
    await navigate({ to: '/sign-in', search: {} });
    client.clear();
  };
}
