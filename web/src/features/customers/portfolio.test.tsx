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

it('saves the filters as a view, tells when they changed since, and saves them again', async () => {
  const views = [
    { id: 'viw_1', name: 'Big', shared: true, search: { plan: 'Enterprise' }, owner: 'per_1', version: 1 },
  ];
  const sent: unknown[] = [];
  server.use(
    http.get('*/v1/saved-views', () => HttpResponse.json({ items: views, next: null })),
    http.patch('*/v1/saved-views/viw_1', async ({ request }) => {
      const change = (await request.json()) as { search: (typeof views)[0]['search'] };
      sent.push(change);
      views[0] = { ...views[0], ...change, version: 2 } as (typeof views)[0];
      return HttpResponse.json(views[0]);
    }),
  );
  const { address } = open('/customers');
  await screen.findByRole('table');
  await userEvent.click(await screen.findByRole('link', { name: /Big 2$/ }));
  await waitFor(() => expect(address()).toBe('/customers?plan=Enterprise&saved=viw_1'));
  await userEvent.selectOptions(screen.getByLabelText('Stage'), 'adoption');
  await waitFor(() => expect(names()).toEqual(['Alder & Finch']));
  expect(screen.getByRole('img', { name: 'Changed since it was saved' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent).toEqual([{ search: { plan: 'Enterprise', stage: 'adoption' } }]));
  await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Stage Adoption' }));
  await waitFor(() => expect(names()).toEqual(['Alder & Finch', 'Harbour & Pine']));
});

it('selects a range with Shift+X and shows the keys of the page', async () => {
  open('/customers');
  await screen.findByRole('table');
  await userEvent.keyboard('jxj{Shift>}X{/Shift}');
  expect(await screen.findByRole('region', { name: 'Actions for the selected customers' })).toHaveTextContent(
    '2 selected',
  );
  await userEvent.keyboard('?');
  expect(await screen.findByText('Select from the last one to here')).toBeVisible();
  expect(screen.getByText('Go to the portfolio')).toBeVisible();
});

it('goes to a place with G and a letter', async () => {
  const { address } = open('/customers/cus_1/api-keys');
  await screen.findByRole('heading', { name: 'Harbour & Pine' });
  await userEvent.keyboard('gp');
  await waitFor(() => expect(address()).toBe('/customers'));
});

it('leaves out columns and brings rows together, and keeps both in the address', async () => {
  const { address } = open('/customers');
  await screen.findByRole('table');
  await userEvent.click(screen.getByRole('button', { name: 'Columns and density' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Tags' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Owner' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Rows close together' }));
  await waitFor(() => expect(address()).toBe('/customers?hide=tags%2Cowner&dense=true'));
  expect(screen.queryByRole('columnheader', { name: 'Tags' })).toBeNull();
  expect(screen.getByRole('columnheader', { name: 'Stage' })).toBeVisible();
});
