/**
 * A table with its title, what it counts, and what stands there when it is empty.
 *
 * @module
 */

import type { ComponentChildren } from "preact";

interface Props {
  readonly title: string;
  readonly note?: ComponentChildren;
  /** Beside the title: files, actions. */
  readonly tools?: ComponentChildren;
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly children: ComponentChildren;
}

export function Panel({ title, note, tools, isEmpty, empty, children }: Props) {
  return (
    <section class="card table-card" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {note && <p class="note">{note}</p>}
        {tools && <p class="tools">{tools}</p>}
      </header>
      {isEmpty
        ? <p class="empty">{empty}</p>
        : <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, table`}>{children}</div>}
    </section>
  );
}
