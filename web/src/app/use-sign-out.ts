import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { signOut } from '@/api/session';

/** Ends the session on the server, forgets everything that was read, and shows the sign-in. */
export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await signOut();
    client.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
}
