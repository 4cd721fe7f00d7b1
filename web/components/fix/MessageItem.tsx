/**
 * A message in a list: a line that says what it is and whether it is sound, and opens to all its fields.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { FixMessage } from "./FixMessage.tsx";
import { printable, type ShownMessage, titleOf, valueOf } from "./message.ts";

interface ItemProps {
  readonly message: ShownMessage;
  readonly id: string;
  readonly isOpen?: boolean;
  /** Whether the fields are in the page before it is opened: a browser without scripts shows nothing else. */
  readonly isFilled?: boolean;
  /** Instead of the line that a message has by itself. */
  readonly children?: ComponentChildren;
}

export function MessageItem({ message, id, isOpen = false, isFilled = true, children }: ItemProps) {
  const [wasOpened, setOpened] = useState(isOpen);
  return (
    <details
      class="fix-item"
      id={id}
      open={isOpen}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
    >
      <summary>{children ?? <MessageLine message={message} />}</summary>
      {wasOpened || isFilled
        ? <FixMessage message={message} id={id} />
        : <noscript>Without a script, paste fewer messages at a time to see their fields.</noscript>}
    </details>
  );
}

function MessageLine({ message }: { message: ShownMessage }) {
  const { errors, tree, line } = message;
  const said = (tag: number) => printable(valueOf(message, tag) ?? "");
  const facts = tree.length === 0 ? [] : [
    said(49) && `${said(49)} to ${said(56)}`,
    said(34) && `#${said(34)}`,
    said(52).slice(9) || said(52),
    said(55) || said(48),
  ];
  return (
    <span class="fix-line">
      <Soundness faults={errors.length} />
      <b>{titleOf(message)}</b>
      <span class="note">{[line > 0 && `line ${line}`, ...facts].filter(Boolean).join("  ·  ")}</span>
    </span>
  );
}

export function Soundness({ faults }: { faults: number }) {
  return faults === 0
    ? <span class="fix-sound">Sound</span>
    : <span class="fix-fault">{faults === 1 ? "1 fault" : `${faults} faults`}</span>;
}
