import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server, someCustomer } from '@/test/server';

const names = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('link').textContent);

it('keeps view, sorting and filter in the address', async () => {
  const { address } = open('/customers?sort=acv.desc');
  await screen.findByRole('table');
  expect(names()).toEqual(['Harbour & Pine', 'Alder & Finch']);
  await userEvent.click(screen.getByRole('button', { name: 'Customer' }));
  await waitFor(() => expect(address()).toBe('/customers?sort=customer.asc'));
  expect(names()).toEqual(['Alder & Finch', 'Harbour & Pine']);
  await userEvent.click(screen.getByRole('link', { name: /^Live/ }));
  await waitFor(() => expect(names()).toEqual(['Alder & Finch']));
});

it('moves with J and K, selects with X, and changes what is selected with a way back', async () => {
  const sent: unknown[] = [];
  server.use(
    http.patch('*/v1/customers/:id', async ({ request, params }) => {
      const change = (await request.json()) as object;
      sent.push([params.id, request.headers.get('if-match'), change]);
      return HttpResponse.json(someCustomer({ id: String(params.id), version: 2, ...change }));
    }),
  );
  open('/customers');
  await screen.findByRole('table');
  await userEvent.keyboard('jjkx');
  const bar = await screen.findByRole('region', { name: 'Actions for the selected customers' });
  expect(bar).toHaveTextContent('1 selected');
  await userEvent.selectOptions(within(bar).getByLabelText('Set stage'), 'expansion');
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() =>
    expect(sent).toEqual([
      ['cus_2', '"1"', { stage: 'expansion' }],
      ['cus_2', '"2"', { stage: 'adoption' }],
    ]),
  );
});

it('teaches the first step when there is no customer yet', async () => {
  server.use(http.get('*/v1/customers', () => HttpResponse.json({ items: [], next: null })));
  open('/customers');
  expect(await screen.findByRole('heading', { name: 'Your first customer' })).toBeVisible();
});

it('shows the refusal of the server and a way to try again', async () => {
  server.use(
    http.get('*/v1/customers', () => problem(403, 'forbidden', 'Your role does not let you see customers.')),
  );
  open('/customers');
  expect(await screen.findByRole('alert')).toHaveTextContent('Your role does not let you see customers.');
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});
