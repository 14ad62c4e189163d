import { getRouteApi } from '@tanstack/react-router';
import ui from '@/ui/ui.module.css';
import { PeopleCard } from './people-card';
import { SharesCard } from './shares-card';

const route = getRouteApi('/inside/customers/$id/portal');

/** What the customer's own people see, and who they are. */
export default function CustomerPortal() {
  const { id } = route.useParams();
  const { contact } = route.useSearch();
  return (
    <div className={ui.columns}>
      <div className={ui.stack}>
        <PeopleCard customer={id} contact={contact} />
      </div>
      <div className={ui.stack}>
        <SharesCard customer={id} />
      </div>
    </div>
  );
}
