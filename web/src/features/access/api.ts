import { json } from '@/api/http';

export const setUp = (first: { token: string; name: string; email: string; password: string }) =>
  json<unknown>('POST', '/v1/setup', { body: first });
