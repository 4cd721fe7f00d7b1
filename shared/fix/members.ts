/**
 * What may stand in a message, in a section of it, or in an instance of a group: the dictionary's member
 * lists, with components laid open and turned into tables that are indexed by tag.
 *
 * @module
 */

/** One field or group of a member list, components laid open. */
export interface Member {
  readonly tag: number;
  readonly isRequired: boolean;
  /** The members of the group that this tag counts; null for a plain field. */
  readonly group: readonly Member[] | null;
}

/** A repeating group: its count field, and what an instance may hold. */
export interface GroupDefinition {
  readonly countTag: number;
  /** The member every instance begins with. */
  readonly delimiter: number;
  readonly members: readonly Member[];
  /** By tag: the member's place in the instance, from 1; 0 for tags that are no member. */
  readonly ranks: Uint16Array;
  readonly required: Int32Array;
  readonly groups: ReadonlyMap<number, GroupDefinition>;
}

type Token = { kind: "member"; name: string; isRequired: boolean; opensGroup: boolean } | { kind: "close" };

/** A list whose components are still by name. */
export interface RawMember {
  readonly name: string;
  readonly isRequired: boolean;
  readonly group: readonly RawMember[] | null;
}

/** @throws {SyntaxError} If the text is no member list such as `11! 453{448! 447} @Instrument!`. */
export function readMembers(text: string): RawMember[] {
  const tokens = text.split(/\s+|(?=\})|(?<=[{}])/).filter((token) => token !== "").map(readToken);
  const members: RawMember[] = [];
  const open: RawMember[][] = [members];
  for (const token of tokens) {
    if (token.kind === "close") {
      open.pop();
      if (open.length === 0) throw new SyntaxError(`Cannot read members "${text.slice(0, 80)}": a stray }`);
      continue;
    }
    const group: RawMember[] | null = token.opensGroup ? [] : null;
    open.at(-1)!.push({ name: token.name, isRequired: token.isRequired, group });
    if (group !== null) open.push(group);
  }
  if (open.length !== 1) throw new SyntaxError(`Cannot read members "${text.slice(0, 80)}": a missing }`);
  return members;
}

function readToken(text: string): Token {
  if (text === "}") return { kind: "close" };
  const [, name, mark, brace] = /^(\d+|@\w+)(!?)(\{?)$/.exec(text) ?? [];
  if (name === undefined) throw new SyntaxError(`Cannot read member "${text.slice(0, 80)}"`);
  return { kind: "member", name, isRequired: mark === "!", opensGroup: brace === "{" };
}

/**
 * Lays components open. A field that its component requires is required only where the component is.
 *
 * @throws {RangeError} If a component is not defined.
 */
export function layOpen(
  members: readonly RawMember[],
  components: ReadonlyMap<string, string>,
  isRequired = true,
): Member[] {
  return members.flatMap((member): Member[] => {
    const required = isRequired && member.isRequired;
    if (member.name.startsWith("@")) {
      const text = components.get(member.name.slice(1));
      if (text === undefined) throw new RangeError(`Cannot find component ${member.name}`);
      return layOpen(readMembers(text), components, required);
    }
    const group = member.group && layOpen(member.group, components);
    return [{ tag: Number(member.name), isRequired: required, group }];
  });
}

export function toGroups(members: readonly Member[], tagMax: number): Map<number, GroupDefinition> {
  return new Map(
    members.flatMap((member) => {
      const group = member.group ?? [];
      return group.length === 0 ? [] : [[member.tag, toGroup(member.tag, group, tagMax)] as const];
    }),
  );
}

function toGroup(countTag: number, members: readonly Member[], tagMax: number): GroupDefinition {
  const ranks = new Uint16Array(tagMax + 1);
  members.forEach((member, index) => ranks[member.tag] = index + 1);
  return {
    countTag,
    delimiter: members[0]!.tag,
    members,
    ranks,
    required: requiredTags(members),
    groups: toGroups(members, tagMax),
  };
}

export function requiredTags(members: readonly Member[]): Int32Array {
  return Int32Array.from(members.filter((member) => member.isRequired), (member) => member.tag);
}
