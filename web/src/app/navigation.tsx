import { ActionIcon, UnstyledButton } from '@mantine/core';
import {
  IconBook2,
  IconBuildingSkyscraper,
  IconCalendarCheck,
  IconDeviceDesktop,
  IconHistory,
  IconListDetails,
  IconLogout,
  IconMail,
  IconMoon,
  IconReceipt2,
  IconSearch,
  IconSun,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sessionQuery } from '@/api/session';
import { texts } from '@/texts/common';
import { Face, Logo } from '@/ui/primitives';
import s from './shell.module.css';
import { useScheme } from './use-scheme';
import { useSignOut } from './use-sign-out';

const icon = { size: 17, stroke: 1.7 } as const;
/** The roles that the server lets look after mail. */
const mayManage = new Set(['Manager', 'Admin']);
const schemeIcons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

export function Navigation({ onSearch, bell }: { onSearch: () => void; bell?: ReactNode }) {
  const { data: person } = useQuery(sessionQuery);
  const { scheme, next } = useScheme();
  const signOut = useSignOut();
  const SchemeIcon = schemeIcons[scheme];
  return (
    <div className={s.nav}>
      <div className={s.brand}>
        <Logo />
        {texts.product}
        {bell && <span className={s.bell}>{bell}</span>}
      </div>
      <UnstyledButton className={s.search} onClick={onSearch}>
        <IconSearch size={15} />
        <span style={{ flex: 1 }}>{texts.nav.search}</span>
        <kbd className={s.kbd}>Ctrl K</kbd>
      </UnstyledButton>
      <nav aria-label={texts.nav.main}>
        <Link to="/customers" search={{}} className={s.link} activeProps={{ 'data-active': true }}>
          <IconBuildingSkyscraper {...icon} />
          {texts.nav.portfolio}
        </Link>
        <Link to="/my-day" search={{}} className={s.link} activeProps={{ 'data-active': true }}>
          <IconCalendarCheck {...icon} />
          {texts.nav.myDay}
        </Link>
        <Link to="/playbooks" className={s.link} activeProps={{ 'data-active': true }}>
          <IconListDetails {...icon} />
          {texts.nav.playbooks}
        </Link>
        <div className={s.label}>{texts.nav.proof}</div>
        <Link to="/receipts" className={s.link} activeProps={{ 'data-active': true }}>
          <IconReceipt2 {...icon} />
          {texts.nav.receipts}
        </Link>
        <Link to="/audit-trail" search={{}} className={s.link} activeProps={{ 'data-active': true }}>
          <IconHistory {...icon} />
          {texts.nav.auditTrail}
        </Link>
        <div className={s.label}>{texts.nav.house}</div>
        <Link to="/settings/people" className={s.link} activeProps={{ 'data-active': true }}>
          <IconUsers {...icon} />
          {texts.nav.people}
        </Link>
        {person && mayManage.has(person.role) && (
          <>
            <div className={s.label}>{texts.nav.operate}</div>
            <Link to="/mail" search={{}} className={s.link} activeProps={{ 'data-active': true }}>
              <IconMail {...icon} />
              {texts.nav.mail}
            </Link>
          </>
        )}
        <div className={s.label}>{texts.nav.build}</div>
        <a href="/docs" className={s.link}>
          <IconBook2 {...icon} />
          {texts.nav.apiReference}
        </a>
      </nav>
      <div className={s.foot}>
        {person && (
          <>
            <Face name={person.name} size={26} />
            <Link
              to="/account"
              search={{}}
              className={s.who}
              aria-label={`${texts.nav.account}: ${person.name}`}
            >
              <div>{person.name}</div>
            </Link>
          </>
        )}
        <ActionIcon aria-label={texts.nav.theme(texts.schemes[scheme])} onClick={next}>
          <SchemeIcon {...icon} />
        </ActionIcon>
        <ActionIcon aria-label={texts.nav.signOut} onClick={signOut}>
          <IconLogout {...icon} />
        </ActionIcon>
      </div>
    </div>
  );
}
