import { texts } from '@/texts/settings';
import ui from '@/ui/ui.module.css';
import { KeysOf } from '../api-keys';

/** The operator's own keys, which reach every customer. */
export default function OperatorKeys() {
  return (
    <>
      <p className={`${ui.hint} ${ui.toolbar}`}>{texts.keys.sub}</p>
      <KeysOf />
    </>
  );
}
