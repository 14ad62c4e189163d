import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { customerQuery } from '@/api/customers';
import { AuditTrail } from './audit-trail';

const route = getRouteApi('/inside/customers/$id/audit-trail');

/** The trail on the page of a customer: its days begin and end in the customer's zone. */
export default function CustomerAuditTrail() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/customers/$id/audit-trail' });
  const { data: customer } = useSuspenseQuery(customerQuery(id));
  return (
    <AuditTrail
      search={{ ...search, customer: id }}
      zone={customer.timeZone}
      onSearch={(change) => navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
    />
  );
}
