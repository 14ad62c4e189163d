import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server, someLog } from '@/test/server';

const address = '/customers/cus_1/receipts?event=order-2';

it('proves a receipt in the browser and draws its path', async () => {
  open(address);
  expect(await screen.findByRole('heading', { name: 'Proven in this browser' })).toBeVisible();
  expect(screen.getByRole('list', { name: 'Hashes from the entry up to the root' }).children).toHaveLength(3);
  expect(screen.getByRole('status')).toHaveTextContent('5 of 6 checks proven');
});

it('checks the signature with a secret that is typed in, and sends it nowhere', async () => {
  const requests: string[] = [];
  server.events.on('request:start', ({ request }) => requests.push(`${request.method} ${request.url}`));
  open(address);
  await userEvent.type(await screen.findByLabelText('Receipt secret'), someLog.secret);
  const before = requests.length;
  await userEvent.click(screen.getByRole('button', { name: 'Check the signature' }));
  expect(await screen.findByText(/6 of 6 checks proven/)).toBeVisible();
  expect(requests).toHaveLength(before);
  server.events.removeAllListeners();
});

it('says that a receipt was changed', async () => {
  const changed = { ...someLog.receipts[1], transaction_type: 'refund' };
  server.use(http.get('*/v1/receipts/:event', () => HttpResponse.json(changed)));
  open(address);
  expect(await screen.findByRole('heading', { name: 'Not what was recorded' })).toBeVisible();
});

it('explains a receipt that is not there', async () => {
  server.use(http.get('*/v1/receipts/:event', () => problem(404, 'receipt-not-found', 'No such receipt.')));
  open(address);
  expect(await screen.findByRole('heading', { name: 'No such receipt' })).toBeVisible();
});
