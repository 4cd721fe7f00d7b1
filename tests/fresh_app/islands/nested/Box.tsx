import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";

interface BoxProps {
  open: boolean;
  title: VNode;
  children: ComponentChildren;
}

export default function Box({ open, title, children }: BoxProps) {
  const [isOpen, setOpen] = useState(open);
  return (
    <div class="box">
      <button type="button" class="toggle" onClick={() => setOpen(!isOpen)}>{title}</button>
      {isOpen && <section>{children}</section>}
    </div>
  );
}
