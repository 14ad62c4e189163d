import { Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { texts } from '@/texts/sign-in';
import { Code } from '@/ui/copy';
import { Facts } from '@/ui/facts';
import { Notice } from '@/ui/notice';
import { Card } from '@/ui/primitives';
import { toast } from '@/ui/toast';
import ui from '@/ui/ui.module.css';
import s from './sign-in.module.css';
import { changeSignInSettings, type SignInSettings, securityQuery, signInSettingsQuery } from './sign-in-api';
import { messageOf, useProof } from './sign-in-proof';

const t = texts.settings;
const nobody = 'nobody';

/** How the installation lets its people in; for administrators. */
export default function SignInSettingsPage() {
  const { data, error } = useQuery(signInSettingsQuery);
  return (
    <div>
      <p className={ui.hint}>{t.sub}</p>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {data && (
        <div className={s.cards}>
          <Demand settings={data} />
          <Provider settings={data} />
        </div>
      )}
    </div>
  );
}

function Demand({ settings }: { settings: SignInSettings }) {
  const client = useQueryClient();
  const { data: security } = useQuery(securityQuery);
  const proof = useProof(security);
  const change = useMutation({
    mutationFn: changeSignInSettings,
    onSuccess: async () => {
      await client.invalidateQueries(signInSettingsQuery);
      await client.invalidateQueries(securityQuery);
      await toast(t.saved);
    },
    onError: (error, from) => proof.ask(error, () => change.mutate(from)),
  });
  return (
    <Card title={t.demand}>
      {messageOf(change.error) && <Notice tone="bad">{messageOf(change.error)}</Notice>}
      <Select
        size="sm"
        label={t.demandLabel}
        description={t.demandHint}
        allowDeselect={false}
        disabled={change.isPending}
        data={[
          { value: nobody, label: t.roles.nobody },
          { value: 'Admin', label: t.roles.Admin },
          { value: 'Manager', label: t.roles.Manager },
          { value: 'User', label: t.roles.User },
          { value: 'Viewer', label: t.roles.Viewer },
        ]}
        value={settings.secondFactorFrom ?? nobody}
        onChange={(value) => change.mutate(value === nobody ? null : value)}
      />
      {proof.dialog}
    </Card>
  );
}

function Provider({ settings }: { settings: SignInSettings }) {
  const { singleSignOn: provider } = settings;
  if (!provider) {
    return (
      <Card title={t.provider}>
        <div className={s.rowText}>{t.noProvider}</div>
      </Card>
    );
  }
  const groups = Object.entries(provider.groupRoles);
  return (
    <Card title={t.provider} sub={t.providerSub}>
      <Facts
        rows={[
          [t.facts.name, provider.name],
          [t.facts.issuer, provider.issuer],
          [t.facts.client, provider.clientId],
          [t.facts.secret, provider.hasSecret ? t.facts.given : t.facts.none],
          [t.facts.scopes, provider.scopes],
          [t.facts.creates, provider.createsPeople ? t.facts.yes : t.facts.no],
          [
            t.facts.groups(provider.groupsClaim),
            groups.length > 0
              ? groups.map(([group, role]) => `${group} → ${role}`).join(', ')
              : t.facts.noGroups,
          ],
        ]}
      />
      <p className={s.step}>{t.callback}</p>
      <Code value={`${location.origin}${provider.callbackPath}`} what={t.callbackWhat} wrap />
    </Card>
  );
}
