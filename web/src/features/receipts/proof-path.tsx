import { count } from '@/lib/format';
import { type Bytes, hex } from '@/lib/proof/bytes';
import type { Walk } from '@/lib/proof/merkle';
import type { TlogProof } from '@/lib/proof/note';
import { type Range, rangesOf } from '@/lib/proof/ranges';
import { texts } from '@/texts/receipts';
import { Card } from '@/ui/primitives';
import s from './receipts.module.css';

const t = texts.path;
const shownDigits = 10;

/**
 * The inclusion proof as a path: the entry at the foot, the signed root at the top, and on each step the sibling on
 * the side on which it is hashed. The list runs from the entry upwards, which is how it is read out.
 */
export function ProofPath({ proof, leaf, walk }: { proof: TlogProof; leaf: Bytes; walk: Walk }) {
  const ranges = rangesOf(proof.index, proof.checkpoint.size);
  const place = count(proof.index);
  const nodes: NodeProps[] = [
    { hash: leaf, kind: 'leaf', name: t.leaf, note: t.range(place, place) },
    ...walk.steps.map(({ parent }, at): NodeProps => {
      const range = ranges[at]?.parent;
      return at === walk.steps.length - 1
        ? { hash: parent, kind: 'root', name: t.root, note: proof.checkpoint.origin }
        : { hash: parent, kind: 'node', note: range && t.node(count(range.from), count(range.to)) };
    }),
  ];
  return (
    <Card title={t.title} sub={t.sub(place, count(proof.checkpoint.size))}>
      <ol className={s.path} data-proven={walk.proven} aria-label={t.label}>
        {nodes.map((node, at) => {
          const step = walk.steps[at];
          return (
            <li key={hex(node.hash)} className={s.step}>
              {step && <Join side={step.side} />}
              {step && <Sibling hash={step.sibling} side={step.side} range={ranges[at]?.sibling} />}
              <Node {...node} />
            </li>
          );
        })}
      </ol>
      <p className={s.pathNote}>{walk.steps.length === 0 ? t.alone : t.how}</p>
    </Card>
  );
}

interface NodeProps {
  hash: Bytes;
  kind: 'leaf' | 'node' | 'root';
  name?: string;
  note?: string;
}

function Node(props: NodeProps) {
  return (
    <div className={s.node} data-kind={props.kind} title={hex(props.hash)}>
      {props.name && <span className={s.nodeName}>{props.name}</span>}
      <span className={s.hash}>{hex(props.hash).slice(0, shownDigits)}</span>
      {props.note && <span className={s.nodeNote}>{props.note}</span>}
    </div>
  );
}

function Sibling({ hash, side, range }: { hash: Bytes; side: 'left' | 'right'; range?: Range }) {
  return (
    <div className={s.sibling} data-side={side} title={hex(hash)}>
      <span className={s.hash}>{hex(hash).slice(0, shownDigits)}</span>
      {range && <span className={s.nodeNote}>{t.range(count(range.from), count(range.to))}</span>}
    </div>
  );
}

/** The lines from a node and from its sibling up to the node that the two become. */
const Join = ({ side }: { side: 'left' | 'right' }) => (
  <>
    <span className={s.joinMain} aria-hidden />
    <span className={s.joinSide} data-side={side} aria-hidden />
    <span className={s.joinTail} data-side={side} aria-hidden />
  </>
);
