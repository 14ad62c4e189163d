import { Checkbox } from '@mantine/core';
import { texts } from '@/texts/customer-portal';
import { portalRoles } from '@/texts/portal';
import ui from '@/ui/ui.module.css';

/** What a person stands for; one or more. */
export function RolesField(props: { value: string[]; onChange: (roles: string[]) => void; error?: string }) {
  return (
    <Checkbox.Group
      label={texts.invite.roles}
      description={texts.invite.rolesHint}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
    >
      <div className={ui.choices}>
        {Object.entries(portalRoles).map(([role, name]) => (
          <Checkbox key={role} size="xs" value={role} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
