/**
 * Faults of a message: a triangle and words, so that they are told without their colour.
 *
 * @module
 */

import { formatName } from "../../../shared/kpi/mod.ts";
import { anchorOf, printable, type ShownFault, type ShownField, type ShownMessage } from "./message.ts";

export function Fault({ fault }: { fault: ShownFault }) {
  return (
    <span class="fix-fault">
      <b>{formatName(fault.code)}:</b> {printable(fault.text)}
    </span>
  );
}

/** All faults of a message, each with a link to its field. */
export function FaultList({ message, id }: { message: ShownMessage; id: string }) {
  const fields = message.tree.flatMap((section) => section.fields).flatMap(withInstances);
  return (
    <ul class="fix-faults" aria-label="Faults">
      {message.errors.map((fault, error) => {
        const field = fields.find(({ errors }) => errors.includes(error));
        return (
          <li key={error}>
            <Fault fault={fault} />
            {field && (
              <>
                {" "}
                <a href={`#${anchorOf(id, field.at, field.tag)}`}>To field {field.tag}</a>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function withInstances(field: ShownField): ShownField[] {
  return [field, ...(field.instances ?? []).flat().flatMap(withInstances)];
}
